# Warehouses with a sample in them, and processes of PowerShell.

$script:templates = @{}

function New-Template([string] $Kind) {
    $file = Join-Path ([System.IO.Path]::GetTempPath()) "loyalty-$([guid]::NewGuid()).duckdb"
    try {
        if ($Kind -ne 'Empty') { [System.IO.File]::WriteAllBytes($file, (Get-Template ($Kind -eq 'Merged' ? 'Sampled' : 'Empty'))) }
        $null = Connect-LoyaltyWarehouse $file
        switch ($Kind) {
            Empty { $null = Initialize-LoyaltyWarehouse -IncludeSources }
            Sampled { $null = New-LoyaltySample -Users 200 -Days 60 -Dirty }
            Merged { $null = Invoke-LoyaltyMerge -From 2026-06-28 -To 2026-06-30 -Force -WarningAction SilentlyContinue }
        }

        Disconnect-LoyaltyWarehouse
        [System.IO.File]::ReadAllBytes($file)
    }
    finally {
        Disconnect-LoyaltyWarehouse
        [System.IO.File]::Delete($file)
    }
}

# Made once for all files of a run.
function Get-Template([string] $Kind) {
    if (-not $script:templates[$Kind]) { $script:templates[$Kind] = [byte[]](New-Template $Kind) }
    , $script:templates[$Kind]
}

<#
.SYNOPSIS
Puts a warehouse of its own into a folder and connects to it: with all tables, with a dirty sample of 200 users in its sources, or with the last three days merged too.
#>
function Open-Warehouse([ValidateSet('Empty', 'Sampled', 'Merged')] [string] $Kind, [string] $Folder, [string] $Name = 'w.duckdb') {
    $bytes = Get-Template $Kind
    $file = Join-Path $Folder $Name
    Disconnect-LoyaltyWarehouse
    [System.IO.File]::WriteAllBytes($file, $bytes)
    Connect-LoyaltyWarehouse $file
}

<#
.SYNOPSIS
What the Tab key offers at the end of a line.
#>
function Get-Offer([string] $Line) {
    [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches.CompletionText
}

<#
.SYNOPSIS
Runs the PowerShell that tests are to use: its exit code, the lines that it wrote and those of its error stream.
#>
function Invoke-Pwsh([string[]] $Arguments) {
    $pwsh = $env:LOYALTY_TEST_PWSH ? $env:LOYALTY_TEST_PWSH : (Join-Path $PSHOME pwsh.dll)
    $program = $pwsh -like '*.dll' ? 'dotnet' : $pwsh
    $start = @($pwsh -like '*.dll' ? $pwsh : @()) + '-NoProfile', '-NonInteractive' + $Arguments
    $said = & $program @start 2>&1
    [pscustomobject]@{
        ExitCode = $LASTEXITCODE
        Output   = @($said | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] })
        Error    = @($said | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | ForEach-Object { "$_" })
    }
}

Export-ModuleMember -Function Open-Warehouse, Get-Offer, Invoke-Pwsh
