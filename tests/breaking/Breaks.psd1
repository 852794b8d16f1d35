# Small changes that break one feature each: the file of the Pester suite that is named after it must notice. The first occurrence of Find is replaced.
# Those of C# stand last: until then, what has been built serves.
@{
    Breaks = @(
        @{ Feature = 'Module'; File = 'LoyaltyPipeline.psd1'; Find = "'Get-LoyaltyRun'"; Replace = "'Get-LoyaltyRuns'" }
        @{ Feature = 'Help'; File = 'module/en-US/LoyaltyPipeline.dll-Help.xml'; Find = 'Reads the source rows that imports and merges could not use, and why.'; Replace = '' }
        @{ Feature = 'Tables'; File = 'module/LoyaltyPipeline.Format.ps1xml'; Find = '<Label>Rejected</Label>'; Replace = '<Label>Refused</Label>' }
        @{ Feature = 'Objects'; File = 'module/LoyaltyPipeline.Types.ps1xml'; Find = '<ReferencedMemberName>ENGAGEMENT_SEGMENT</ReferencedMemberName>'; Replace = '<ReferencedMemberName>REGION_CODE</ReferencedMemberName>' }
        @{ Feature = 'Segment'; File = 'sql/Master_Table.sql'; Find = "THEN 'Highly Engaged'"; Replace = "THEN 'Engaged'" }
        @{ Feature = 'Import'; File = 'sql/catalog.yml'; Find = 'accepted: [Core, Growth, Emerging]'; Replace = 'accepted: [Core, Growth, Emerging, Lost]' }
        @{ Feature = 'Daily'; File = 'module/pipelines/Daily.ps1'; Find = '$checkFailed = 3'; Replace = '$checkFailed = 1' }
        @{ Feature = 'Merge'; File = 'src/LoyaltyPipeline/Commands/InvokeLoyaltyMergeCommand.cs'; Find = 'new MergeOptions(runDate, Force, planOnly,'; Replace = 'new MergeOptions(runDate, Force, false,' }
        @{ Feature = 'Completion'; File = 'src/LoyaltyPipeline/Parameters/WrittenDayCompleter.cs'; Find = 'written.Reverse()'; Replace = 'written' }
        @{ Feature = 'Connect'; File = 'src/LoyaltyPipeline/Commands/DisconnectLoyaltyWarehouseCommand.cs'; Find = 'isDefault ? DefaultWarehouse.Clear(runspace)'; Replace = 'isDefault ? DefaultWarehouse.Of(runspace)' }
    )
}
