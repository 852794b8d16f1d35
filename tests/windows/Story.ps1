<#
.SYNOPSIS
    What users do with the module, from a sample to a dashboard, in a folder; what came of it goes into facts.json there.
.DESCRIPTION
    It is run on the system that runs the tests and again in Windows: what is to be the same everywhere can be compared.
.PARAMETER Module
    The module's manifest.
.PARAMETER Folder
    A folder that is not there yet.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Module,

    [Parameter(Mandatory)]
    [string] $Folder
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Module
$null = New-Item -ItemType Directory $Folder
Push-Location -LiteralPath $Folder
try {
    @'
consumers:
  Marketing: {destination: drop}
  CustomerSuccess: {destination: drop, format: JsonLines, compression: None}
  Analysts: {segment: Engaged, destination: drop, format: Parquet}
'@ | Set-Content pipeline.yml

    $null = Connect-LoyaltyWarehouse warehouse.duckdb
    $null = Initialize-LoyaltyWarehouse -IncludeSources
    $null = New-LoyaltySample -Users 200 -Days 60 -Path landing
    $imports = @(Import-LoyaltySource landing)
    $merge = Invoke-LoyaltyMerge 2026-06-30
    $checks = @(Test-PipelineIntegrity -InformationAction Ignore)
    $deliveries = @('Marketing', 'CustomerSuccess', 'Analysts').ForEach{ Export-EngagementSegment $_ }
    $again = @('Marketing', 'CustomerSuccess', 'Analysts').ForEach{ Export-EngagementSegment $_ }
    $extract = Export-LoyaltyExtract ENGAGEMENT_BY_REGION -Path regions.csv
    $null = Export-PipelineDashboard dashboard.html

    [ordered]@{
        Imports    = $imports.ForEach{ '{0}: {1} rows' -f $_.SourceTable, $_.RowsRead }
        Merge      = '{0} users, {1} rows read, {2} quarantined' -f $merge.Users, $merge.RowsRead, $merge.Quarantined
        Segments   = @(Get-EngagementSegment).ForEach{ '{0} {1} {2}' -f $_.UserId, $_.Segment, $_.Score }
        Checks     = $checks.ForEach{ '{0} {1}' -f $_.CheckId, $_.Status }
        Deliveries = $deliveries.ForEach{ '{0} {1}: {2}, {3} rows, {4} bytes, left out {5}' -f $_.Consumer, $_.Segment, $_.Outcome, $_.Rows, $_.Bytes, $_.LeftOut }
        Again      = $again.ForEach{ '{0}: {1}' -f $_.Consumer, $_.Outcome }
        Verified   = @(Get-SegmentDelivery -Status Published | Test-SegmentDelivery).ForEach{ '{0} {1} {2}' -f $_.Check, $_.File, $_.Passed }
        Extract    = '{0} rows, {1}' -f $extract.Rows, $extract.Sha256
        Manifests  = $deliveries.Manifest
    } | ConvertTo-Json | Set-Content facts.json
}
finally {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}
