using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Engines;

/// <summary>Values in SQL texts mean themselves.</summary>
public sealed class SqlTextTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("it's")]
    [InlineData("''")]
    [InlineData("'; DROP TABLE LOYALTY.MASTER; --")]
    [InlineData(@"back\slash\'")]
    [InlineData("line\nbreak\ttab")]
    [InlineData("Zoë 𝒜 “quoted” \"double\"")]
    public async Task A_quoted_text_comes_back_as_it_was(string text)
    {
        await using var test = await TestWarehouse.CreateAsync(withSources: false);

        Assert.Equal([text], await test.RowsAsync($"SELECT {SqlText.Quote(text)}"));
    }

    [Fact]
    public void Days_and_numbers_are_written_alike_everywhere()
    {
        Assert.Equal("DATE '0999-02-03'", SqlText.Literal(new DateOnly(999, 2, 3)));
        Assert.Equal("-0.5", SqlText.Literal(-0.5m));
        Assert.Equal("1234567", SqlText.Literal(1234567m));
        Assert.Equal("a, b", SqlText.List(["a", "b"]));
    }
}
