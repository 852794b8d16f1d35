using System.Management.Automation;

namespace LoyaltyPipeline.Shell.CommandLine;

/// <summary>What -Help, -Version and the banner say.</summary>
internal static class HelpText
{
    public static string Version { get; } =
        $"loyalty-shell {typeof(HelpText).Assembly.GetName().Version!.ToString(3)} (PowerShell engine {PSVersionInfo.PSVersion})";

    public static string Banner { get; } =
        $"{Version}: the engine and its core commands, not a full PowerShell. 'exit' leaves, 'loyalty-shell -Help' tells more.";

    public static string Usage { get; } = $"""
        {Version}
        Runs PowerShell scripts on a machine that has the .NET SDK and no PowerShell.

        Usage:
          loyalty-shell [options] <script.ps1> [arguments]
          loyalty-shell [options] -File <script.ps1> [arguments]
          loyalty-shell [options] -Command <text>        (-Command - reads the text from standard input)
          <text> | loyalty-shell [options]
          loyalty-shell [options]                        (a prompt)

        Everything after the script's name goes to the script: -Name value, -Name:value, -Switch, -Switch:$false, or by position.

        Options, which come first:
          -NonInteractive            never ask; whatever would ask fails with an error
          -NoLogo                    no banner before the prompt
          -NoProfile                 accepted; this shell has no profiles
          -ExecutionPolicy <policy>  counts on Windows only, as in pwsh
          -Version | -Help, -h, -?

        Exit codes are those of pwsh: a script's 'exit N'; 1 after an error that nothing caught; after -Command, 1 where the last
        command failed; {ExitCode.BadCommandLine} for a command line that cannot be followed; {ExitCode.Interrupted} after Ctrl+C, {ExitCode.Terminated} after a request to terminate.

        This is not a full PowerShell. It has the whole language, the formatting, and the commands of the module
        Microsoft.PowerShell.Core: Get-Command, Get-Help, Import-Module, Remove-Module, New-Module, Get-Module, ForEach-Object,
        Where-Object, Invoke-Command, jobs and sessions, Out-Default, Out-Host, Out-Null, Set-StrictMode and their kin
        (Get-Command lists them all). It lacks the modules Management and Utility, and with them Write-Host, Select-Object,
        Get-ChildItem, Join-Path, Set-Location and more. Modules with compiled commands, such as LoyaltyPipeline, work.

        The real one: https://aka.ms/install-powershell, or on any machine with the .NET SDK: dotnet tool install --global PowerShell
        """;
}
