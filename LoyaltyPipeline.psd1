@{
    NestedModules        = @('module/LoyaltyPipeline.Built.psm1', 'module/LoyaltyPipeline.dll', 'module/LoyaltyPipeline.Help.psd1')
    ModuleVersion        = '0.1.0'
    GUID                 = '7f0d9c52-6b0e-4c57-9c3d-2f4f5a1b8e64'
    Author               = 'The LoyaltyPipeline contributors'
    Copyright            = '(c) The LoyaltyPipeline contributors. MIT licence.'
    Description          = 'Merges the tables of three departmental data warehouses into a Master table and its History, delivers user segments, and checks all of it. Runs on DuckDB.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('module/LoyaltyPipeline.Format.ps1xml')
    TypesToProcess       = @('module/LoyaltyPipeline.Types.ps1xml')
    CmdletsToExport      = @(
        'Add-LoyaltySuppression'
        'Backup-LoyaltyWarehouse'
        'Clear-SegmentDelivery'
        'Compress-LoyaltyHistory'
        'Connect-LoyaltyWarehouse'
        'Disconnect-LoyaltyWarehouse'
        'Export-EngagementSegment'
        'Export-LoyaltyCatalog'
        'Export-LoyaltyExtract'
        'Export-LoyaltyUser'
        'Export-PipelineDashboard'
        'Find-LoyaltyPii'
        'Get-EngagementSegment'
        'Get-FeatureAdoption'
        'Get-LoyaltyAudit'
        'Get-LoyaltyDeployment'
        'Get-LoyaltyDiagnostic'
        'Get-LoyaltyHistory'
        'Get-LoyaltyQuarantine'
        'Get-LoyaltyRun'
        'Get-LoyaltySource'
        'Get-LoyaltyStatus'
        'Get-LoyaltySuppression'
        'Get-LoyaltyTask'
        'Get-LoyaltyUser'
        'Get-SegmentDelivery'
        'Import-LoyaltySource'
        'Initialize-LoyaltyWarehouse'
        'Invoke-LoyaltyMerge'
        'Invoke-LoyaltyQuery'
        'New-LoyaltyConfig'
        'New-LoyaltySample'
        'Protect-LoyaltyScript'
        'Register-LoyaltyTask'
        'Remove-LoyaltySuppression'
        'Remove-LoyaltyUser'
        'Send-LoyaltyNotification'
        'Test-LoyaltyConfig'
        'Test-LoyaltyTask'
        'Test-PipelineIntegrity'
        'Test-SegmentDelivery'
        'Undo-LoyaltyMerge'
        'Unregister-LoyaltyTask'
    )
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags = @('DuckDB', 'DataWarehouse', 'ETL', 'Snowflake')
        }
    }
}
