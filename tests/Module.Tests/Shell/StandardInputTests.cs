using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Shell;

public sealed class StandardInputTests
{
    private const string Script = "function Add($a, $b) {\n  $a + $b\n}\n\nif ($true) {\n  Add 1 2\n}\nexit 5\n";

    [Theory]
    [InlineData]
    [InlineData("-")]
    [InlineData("-NoLogo", "-NonInteractive")]
    [InlineData("-Command", "-")]
    [InlineData("-File", "-")]
    public async Task A_script_can_be_piped_in(params string[] arguments)
    {
        var result = await new ShellProcess { Input = Script }.RunShellAsync(arguments);

        Assert.Equal(("3", 5), (result.Output.TrimEnd(), result.ExitCode));
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task No_script_at_all_is_no_error()
    {
        var result = await ShellProcess.RunAsync();

        Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Error));
    }
}
