using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Shell;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("-Help")]
    [InlineData("-h")]
    [InlineData("-?")]
    [InlineData("--help")]
    public async Task Help_says_what_this_is_not_and_where_to_get_the_real_one(string option)
    {
        var result = await ShellProcess.RunAsync(option);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("not a full PowerShell", result.Output, StringComparison.Ordinal);
        Assert.Contains("https://aka.ms/install-powershell", result.Output, StringComparison.Ordinal);
        Assert.Contains("Microsoft.PowerShell.Core", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task Version_names_the_shell_and_its_engine()
    {
        var result = await ShellProcess.RunAsync("-Version");

        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^loyalty-shell \d+\.\d+\.\d+ \(PowerShell engine 7\.6\.\d+\)\s*$", result.Output);
    }

    [Theory]
    [InlineData("'-Bogus'", "-Bogus")]
    [InlineData("'-n'", "-n")]
    [InlineData("-File", "-File")]
    [InlineData("-Command", "-c")]
    [InlineData("'Sometimes'", "-ExecutionPolicy", "Sometimes")]
    [InlineData("-ExecutionPolicy", "-ep")]
    [InlineData("'nosuch.ps1' is not recognized as the name of a script file", "nosuch.ps1", "-Task", "Build")]
    [InlineData("'nosuch.ps1' is not recognized as the name of a script file", "-NoLogo", "-File", "nosuch.ps1")]
    [InlineData("'LICENSE' does not have the extension '.ps1'", "LICENSE")]
    public async Task A_command_line_that_cannot_be_followed_exits_with_64(string message, params string[] arguments)
    {
        var result = await ShellProcess.RunAsync(arguments);

        Assert.Equal(64, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("-NoProfile", "-NoLogo", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-Command", "'ran'")]
    [InlineData("-nop", "-nol", "-noni", "-ex", "RemoteSigned", "-c", "'ran'")]
    [InlineData("--noprofile", "-C", "'ran'")]
    [InlineData("-Command", "'r' +", "'an'")]
    public async Task The_options_of_pwsh_are_accepted(params string[] arguments)
    {
        var result = await ShellProcess.RunAsync(arguments);

        Assert.Equal((0, "ran"), (result.ExitCode, result.Output.Trim()));
        Assert.Empty(result.Error);
    }
}
