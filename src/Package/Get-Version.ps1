<#
.SYNOPSIS
    Says which version the packages get, by the tags of git: v1.2.3 is 1.2.3, and behind a tag it is that of the next patch with a label.
.DESCRIPTION
    Before the first tag the base is the version of the manifest. Where the sources are no clone, as those of an archive, it is that of the manifest, not
    yet released: 0.1.0-alpha. Where they are a clone and the tags cannot be read, there is no version: it would be a wrong one.
#>
[CmdletBinding()]
[OutputType([string])]
param(
    # The folder of the repository.
    [Parameter(Mandatory)] [string] $Root
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0
$base = [version] (Import-PowerShellDataFile (Join-Path $Root LoyaltyPipeline.psd1)).ModuleVersion

# Runs a program in the repository. Returns what it says, or throws what it complains of.
function Invoke-InRoot([string] $Program, [string[]] $Arguments) {
    $output = & $Program @Arguments 2>&1
    if ($LASTEXITCODE -ne 0) { throw "The version comes from the tags of git, which cannot be read here: $(@($output)[0]) Say which it is by -Version." }
    "$($output | Select-Object -Last 1)"
}

# In a clone it is a folder, in a worktree a file.
if (-not (Test-Path -LiteralPath (Join-Path $Root .git))) {
    Write-Host 'These sources are no clone: the version is that of LoyaltyPipeline.psd1, not yet released. -Version names another one.'
    return "$($base.ToString(3))-alpha"
}

if (-not (Get-Command git -ErrorAction Ignore)) { throw 'The version comes from the tags of git, and git is not installed. Say which it is by -Version.' }
Push-Location -LiteralPath $Root
try {
    if ((Invoke-InRoot git @('rev-parse', '--is-shallow-repository')) -eq 'true') {
        Write-Host 'This clone is shallow: a tag that lies before what it has is not seen. -Version names a version.'
    }
    $null = Invoke-InRoot dotnet @('tool', 'restore')
    Invoke-InRoot dotnet @('tool', 'run', 'minver', '--', $Root, '--tag-prefix', 'v', '--minimum-major-minor', $base.ToString(2), '--verbosity', 'error')
}
finally {
    Pop-Location
}
