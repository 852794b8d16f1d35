using LoyaltyPipeline.Core.Scheduling.Definitions;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Scheduling;

public sealed class WindowsArgumentsTests
{
    [Theory]
    [InlineData(@"D:\Loyalty\x.duckdb", @"D:\Loyalty\x.duckdb")]
    [InlineData(@"D:\a b\", @"""D:\a b\\""")]
    [InlineData(@"D:\a b\x", @"""D:\a b\x""")]
    [InlineData("", @"""""")]
    [InlineData(@"say ""hi""", @"""say \""hi\""""")]
    [InlineData(@"a\""b", @"""a\\\""b""")]
    [InlineData("größe", "größe")]
    public void An_argument_is_quoted_as_programs_take_it_apart(string argument, string expected) =>
        Assert.Equal($"-File {expected}", WindowsArguments.Join(["-File", argument]));
}
