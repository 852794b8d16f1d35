<#
.SYNOPSIS
    Runs the tests of this folder, as tests/pester/run.ps1 runs its own.
.PARAMETER Pester
    The manifest of Pester.
.PARAMETER Results
    The file, as of tests/pester/run.ps1.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Pester,

    [Parameter(Mandatory)]
    [string] $Results
)

& (Join-Path $PSScriptRoot .. pester run.ps1) -Pester $Pester -Results $Results -Path $PSScriptRoot
