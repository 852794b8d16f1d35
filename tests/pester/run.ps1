<#
.SYNOPSIS
    Runs the Pester suite and writes what came of each test to a JSON file.
.PARAMETER Pester
    The manifest of Pester: it comes as a package and is not installed.
.PARAMETER Results
    The file: a list of objects with Name, Result (Pass, Fail, Skip), Seconds and Message.
.PARAMETER Path
    Files or folders of tests.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Pester,

    [Parameter(Mandatory)]
    [string] $Results,

    [string[]] $Path = $PSScriptRoot
)

$ErrorActionPreference = 'Stop'
Import-Module $Pester
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'
$run = Invoke-Pester -Configuration $configuration

$outcomes = @{ Passed = 'Pass'; Failed = 'Fail'; Skipped = 'Skip'; Inconclusive = 'Fail'; NotRun = 'Skip' }
@(
    foreach ($test in $run.Tests) {
        [pscustomobject]@{
            Name    = $test.ExpandedPath
            Result  = $outcomes[$test.Result]
            Seconds = $test.Duration.TotalSeconds
            Message = ($test.ErrorRecord | Out-String).Trim()
        }
    }
    # What fails outside a test: a file that cannot be read, a BeforeAll.
    foreach ($part in @($run.FailedContainers) + @($run.FailedBlocks)) {
        [pscustomobject]@{ Name = "$part"; Result = 'Fail'; Seconds = 0; Message = ($part.ErrorRecord | Out-String).Trim() }
    }
) | ConvertTo-Json -Depth 3 -AsArray | Set-Content -LiteralPath $Results
