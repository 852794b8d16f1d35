using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Shell;

public sealed class ScriptArgumentTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Theory]
    [InlineData("Build||False|0|")]
    [InlineData("Test||False|0|", "-Task", "Test")]
    [InlineData("Test||False|0|", "Test")]
    [InlineData("Test|b|False|0|", "Test", "b")]
    [InlineData("Test|b|False|0|", "-Name:b", "Test")]
    [InlineData("Test|b|False|0|", "-Name:", "b", "Test")]
    [InlineData("Build|a:b|False|0|", "-Name", "a:b")]
    [InlineData("Build||True|0|", "-Force")]
    [InlineData("Build||False|0|", "-Force:$false")]
    [InlineData("Build||True|7|", "-For", "-Count", "7")]
    [InlineData("Build||False|-7|", "-Count", "-7")]
    [InlineData("Test|b c|False|3|d,-,$e", "Test", "b c", "3", "d", "-", "$e")]
    [InlineData("Build|-NoProfile|False|0|", "-Name:-NoProfile")]
    [InlineData("Build||False|0|-Help", "-Task", "Build", "-Name", "", "-Help")]
    public async Task Everything_after_the_script_is_bound_to_its_parameters(string expected, params string[] arguments)
    {
        var script = _folder.Write("args.ps1", """
            param([string]$Task = 'Build', [string]$Name, [switch]$Force, [int]$Count)
            "$Task|$Name|$Force|$Count|$($args -join ',')"
            """);

        var result = await ShellProcess.RunAsync([script, .. arguments]);

        Assert.Empty(result.Error);
        Assert.Equal(expected, result.Output.TrimEnd());
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task An_argument_that_does_not_fit_is_an_error_of_the_script()
    {
        var script = _folder.Write("args.ps1", "[CmdletBinding()]param([int]$Count) 'ran'");

        var wrongType = await ShellProcess.RunAsync(script, "-Count", "many");
        var wrongName = await ShellProcess.RunAsync(script, "-Cuont", "1");

        Assert.Equal((1, 1), (wrongType.ExitCode, wrongName.ExitCode));
        Assert.StartsWith("args.ps1: ", wrongType.Error, StringComparison.Ordinal);
        Assert.Contains("'Cuont'", wrongName.Error, StringComparison.Ordinal);
        Assert.Empty(wrongType.Output + wrongName.Output);
    }

    [Fact]
    public async Task The_script_knows_where_it_lies_and_where_it_was_started()
    {
        _folder.Write("work/here.txt", "");
        var script = _folder.Write("scripts/where.ps1", """
            $PSScriptRoot
            $PSCommandPath
            $MyInvocation.MyCommand.Path
            $ExecutionContext.SessionState.Path.CurrentLocation.Path
            [Environment]::CurrentDirectory
            """);
        var work = Path.Combine(_folder.Path, "work");

        var result = await new ShellProcess { WorkingDirectory = work }.RunShellAsync(Path.Combine("..", "scripts", "where.ps1"));

        Assert.Equal([Path.GetDirectoryName(script)!, script, script, work, work], result.OutputLines);
    }

    [Fact]
    public async Task Newcomers_start_a_script_with_dotnet_run()
    {
        _folder.Write("build.ps1", "param($Task, [switch]$Help) \"$Task $Help in $([Environment]::CurrentDirectory)\"; exit 5");

        var result = await new ShellProcess { WorkingDirectory = _folder.Path }.RunProgramAsync(
            ShellProcess.Dotnet, "run", "--no-build", "-c", RepositoryRoot.Configuration,
            "--project", RepositoryRoot.Combine("src", "LoyaltyPipeline.Shell"), "--", "./build.ps1", "Demo", "-Help");

        Assert.Equal($"Demo True in {_folder.Path}", result.Output.TrimEnd());
        Assert.Equal(5, result.ExitCode);
    }

    public void Dispose() => _folder.Dispose();
}
