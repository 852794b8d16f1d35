# The packages of the built module itself, as people get them: PSResourceGet takes them from a repository.

BeforeAll {
    . "$PSScriptRoot/../pester/Support/Setup.ps1"
    $repository = (Resolve-Path "$PSScriptRoot/../..").ProviderPath
    $maker = Join-Path $repository src Package New-ModulePackage.ps1
    $system = "$($IsWindows ? 'win' : $IsMacOS ? 'osx' : 'linux')-$([System.Runtime.InteropServices.RuntimeInformation]::OSArchitecture.ToString().ToLowerInvariant())"

    # In a process of its own whose repositories and modules are elsewhere than the user's.
    function Invoke-Apart([string] $Script) {
        $own = Join-Path $TestDrive own
        $file = Join-Path $TestDrive apart.ps1
        "`$ErrorActionPreference = 'Stop'`n$Script" > $file
        # Without the last, PSResourceGet makes its settings in the folder at hand.
        $null = New-Item -ItemType Directory "$own/.local/share", "$own/.config" -Force
        $pwsh = $env:LOYALTY_TEST_PWSH ? $env:LOYALTY_TEST_PWSH : (Join-Path $PSHOME pwsh.dll)
        $start = [System.Diagnostics.ProcessStartInfo]::new(($pwsh -like '*.dll' ? 'dotnet' : $pwsh))
        foreach ($argument in @($pwsh -like '*.dll' ? $pwsh : @()) + '-NoProfile', '-NonInteractive', '-File', $file) { $start.ArgumentList.Add($argument) }
        foreach ($name in 'HOME', 'USERPROFILE', 'DOTNET_CLI_HOME') { $start.Environment[$name] = $own }
        # PSResourceGet installs to that place whatever the variable says, and PowerShell looks where it says.
        foreach ($name in 'LOCALAPPDATA', 'XDG_DATA_HOME') { $start.Environment[$name] = "$own/.local/share" }
        $null = $start.Environment.Remove('XDG_CONFIG_HOME')
        # PowerShell finds its own places anew, under that home.
        $null = $start.Environment.Remove('PSModulePath')
        $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $process = [System.Diagnostics.Process]::Start($start)
        $failure = $process.StandardError.ReadToEndAsync()
        $output = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        [pscustomobject]@{ ExitCode = $process.ExitCode; Output = @($output -split '\r?\n' | Where-Object { $_ }); Error = $failure.Result }
    }
}

Describe 'A repository' {
    BeforeAll {
        $package = (& $maker -Root $repository -Destination "$TestDrive/real" -Version 1.2.3-beta.4 -Runtime $system -RuntimeOnly).Path
        $null = New-Item -ItemType Directory "$TestDrive/shelf", "$TestDrive/other"
    }

    # On Windows it would be installed among the user's documents, which no variable moves.
    It 'takes the package, finds it and installs it, and the module works' -Skip:$IsWindows {
        $result = Invoke-Apart @"
Register-PSResourceRepository -Name Shelf -Uri '$TestDrive/shelf' -Trusted
Publish-PSResource -NupkgPath '$package' -Repository Shelf
Find-PSResource LoyaltyPipeline -Repository Shelf -Prerelease | ForEach-Object { "`$(`$_.Version)-`$(`$_.Prerelease) `$(`$_.LicenseUri)" }
Install-PSResource LoyaltyPipeline -Repository Shelf -Prerelease -Scope CurrentUser
Import-Module LoyaltyPipeline
`$null = Connect-LoyaltyWarehouse ':memory:'
`$null = Initialize-LoyaltyWarehouse -IncludeSources
`$null = New-LoyaltySample -Users 5 -Days 2
`$null = Invoke-LoyaltyMerge 2026-06-30 -Force
(Invoke-LoyaltyQuery 'SELECT COUNT(*) AS N FROM MASTER').N
(Get-Module LoyaltyPipeline).ModuleBase
"@
        $result.ExitCode | Should -Be 0 -Because $result.Error
        $result.Output[0..1] | Should -Be '1.2.3-beta0004 https://licenses.nuget.org/MIT', '5'
        $result.Output[2] | Should -BeLike (Join-Path $TestDrive own '*')
    }

    It 'updates the module to a newer version' -Skip:$IsWindows {
        $newer = (& $maker -Root $repository -Destination "$TestDrive/newer" -Version 1.3.0 -Runtime $system -RuntimeOnly).Path
        $result = Invoke-Apart @"
Publish-PSResource -NupkgPath '$newer' -Repository Shelf
Update-PSResource LoyaltyPipeline -Repository Shelf -Force
Import-Module LoyaltyPipeline -RequiredVersion 1.3.0
`$m = Get-Module LoyaltyPipeline
"`$(`$m.Version)`$(`$m.PrivateData.PSData['Prerelease'])"
"@
        $result.ExitCode | Should -Be 0 -Because $result.Error
        $result.Output | Should -Be '1.3.0'
    }

    It 'takes the folder, too' {
        $folder = "$TestDrive/real/runtimes/$system/LoyaltyPipeline/1.2.3"
        $result = Invoke-Apart @"
Register-PSResourceRepository -Name Other -Uri '$TestDrive/other' -Trusted
Publish-PSResource -Path '$folder' -Repository Other
(Find-PSResource LoyaltyPipeline -Repository Other -Prerelease).Version.ToString()
"@
        $result.ExitCode | Should -Be 0 -Because $result.Error
        $result.Output | Should -Be '1.2.3'
    }
}
