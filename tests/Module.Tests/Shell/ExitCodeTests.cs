using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Shell;

/// <summary>The exit codes that about_Pwsh documents.</summary>
public sealed class ExitCodeTests : IDisposable
{
    private const string WriteError =
        "$PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new([Exception]::new('bad'), 'Bad', 'InvalidData', $null))";

    /// <summary>A native command that fails with 4, wherever the tests run.</summary>
    private static readonly string Fail4 = OperatingSystem.IsWindows() ? "cmd /c exit 4" : "sh -c 'exit 4'";

    private readonly ScratchFolder _folder = new();

    [Theory]
    [InlineData("1", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("exit", 0)]
    [InlineData("FAIL4", 0)]
    [InlineData("FAIL4; exit $LASTEXITCODE", 4)]
    [InlineData("FAIL4; exit", 0)]
    [InlineData("throw 'x'", 1)]
    [InlineData("if (", 1)]
    [InlineData("Get-Nothing", 0)]
    [InlineData("Get-Nothing; exit 3", 3)]
    [InlineData("$ErrorActionPreference = 'Stop'; Get-Nothing; exit 3", 1)]
    [InlineData("[CmdletBinding()]param() " + WriteError + "; FAIL4", 0)]
    [InlineData("function f { exit 6 } f", 6)]
    [InlineData("1 | ForEach-Object { exit 6 }", 6)]
    [InlineData("try { exit 6 } finally { 'cleaned up' }", 6)]
    [InlineData("& $PSScriptRoot/exit9.ps1", 0)]
    [InlineData(". $PSScriptRoot/exit9.ps1", 0)]
    [InlineData("function f { & $PSScriptRoot/exit9.ps1 } f", 0)]
    [InlineData("& $PSScriptRoot/exit9.ps1; exit $LASTEXITCODE", 9)]
    [InlineData("if ($args) { exit 9 } & $PSCommandPath again; 'went on'", 0)]
    [InlineData("#requires -Version 99\nexit 3", 1)]
    public async Task A_script_file_decides_by_exit_and_by_uncaught_errors_alone(string text, int expected)
    {
        _folder.Write("exit9.ps1", "exit 9");
        var script = _folder.Write("test.ps1", text.Replace("FAIL4", Fail4, StringComparison.Ordinal));

        var result = await ShellProcess.RunAsync("-File", script);

        Assert.Equal(expected, result.ExitCode);
    }

    [Theory]
    [InlineData("1", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("FAIL4", 1)]
    [InlineData("FAIL4; 1", 0)]
    [InlineData("FAIL4; exit $LASTEXITCODE", 4)]
    [InlineData("Get-Nothing", 1)]
    [InlineData("Get-Nothing; 1", 0)]
    [InlineData("throw 'x'", 1)]
    [InlineData("if (", 1)]
    [InlineData("& EXIT9", 1)]
    [InlineData("1 # comment", 0)]
    public async Task A_command_decides_by_its_last_statement(string text, int expected)
    {
        var exit9 = _folder.Write("exit9.ps1", "exit 9");
        text = text.Replace("FAIL4", Fail4, StringComparison.Ordinal).Replace("EXIT9", $"'{exit9}'", StringComparison.Ordinal);

        var result = await ShellProcess.RunAsync("-Command", text);

        Assert.Equal(expected, result.ExitCode);
    }

    [Theory]
    [InlineData("1", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("Get-Nothing", 1)]
    [InlineData("if (", 1)]
    public async Task A_script_on_standard_input_decides_as_a_command_does(string text, int expected)
    {
        var result = await new ShellProcess { Input = text }.RunShellAsync();

        Assert.Equal(expected, result.ExitCode);
    }

    public void Dispose() => _folder.Dispose();
}
