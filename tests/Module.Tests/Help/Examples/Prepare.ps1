# The folder that examples take for granted: that of somebody who has worked for some days. In it are days far back, rows that could not be
# used, and deliveries of an earlier day. Every example gets a copy. Examples that merge today do so long after the last day of the sample.
Set-Content pipeline.yml @'
guards:
  stale_sources: false
consumers:
  Marketing:
    destination: ./drop
  CustomerSuccess:
    destination: ./drop
'@
$null = Connect-LoyaltyWarehouse ./loyalty.duckdb
$null = Initialize-LoyaltyWarehouse
$null = New-LoyaltySample ./landing -Users 300 -Days 120 -Dirty
$null = Import-LoyaltySource ./landing
$null = Invoke-LoyaltyMerge -From 2026-06-24 -To 2026-06-28
$null = Export-EngagementSegment Marketing
$null = Export-EngagementSegment CustomerSuccess
$null = Invoke-LoyaltyMerge -RunDate 2026-06-29
foreach ($day in '2026-03-15', '2026-03-30', '2026-03-31', '2026-05-31') {
    $null = Invoke-LoyaltyMerge -RunDate $day -WarningAction SilentlyContinue
}
Disconnect-LoyaltyWarehouse
