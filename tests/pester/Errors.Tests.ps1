# Errors, warnings and the other streams as scripts handle them.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    $null = Open-Warehouse Empty $TestDrive
    $null = New-LoyaltySample -Users 5 -Days 30 -Path landing
    $null = Import-LoyaltySource landing
    $profiles = 'landing/USER_PROFILE.csv'
    Get-ChildItem landing -Exclude USER_PROFILE*, REGION_* | Remove-Item
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'An error after which the work goes on' {
    # Of the file that is not there; the next one is imported, unless the error ends the work.
    It 'goes on with -ErrorAction Continue, into the error stream' {
        $all = 'nowhere', $profiles | Import-LoyaltySource -ErrorAction Continue 2>&1
        $all[0] | Should -BeOfType ([System.Management.Automation.ErrorRecord])
        $all[0].FullyQualifiedErrorId | Should -Be 'SourcePathNotFound,LoyaltyPipeline.Commands.ImportLoyaltySourceCommand'
        $all[0].CategoryInfo.Category, $all[0].TargetObject | Should -Be ObjectNotFound, (Join-Path $TestDrive nowhere)
        $all[1].SourceTable | Should -Be DW_A.USER_PROFILE
    }

    It 'is kept by -ErrorVariable with <Action>' -TestCases @(@{ Action = 'SilentlyContinue'; Kept = 1 }, @{ Action = 'Ignore'; Kept = 0 }) {
        $Error.Clear()
        $result = 'nowhere', $profiles | Import-LoyaltySource -ErrorAction $Action -ErrorVariable problems
        $result.SourceTable | Should -Be DW_A.USER_PROFILE
        $problems.Count, $Error.Count | Should -Be $Kept, $Kept
    }

    It 'is caught with -ErrorAction Stop, and nothing comes after it' {
        $result = $null
        $id = try { $result = 'nowhere', $profiles | Import-LoyaltySource -ErrorAction Stop } catch [System.Management.Automation.ItemNotFoundException] { 'other' } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
        $id | Should -Be SourcePathNotFound
        $result | Should -BeNullOrEmpty
    }

    It 'ends a script whose preference is Stop' {
        $ErrorActionPreference = 'Stop'
        { 'nowhere', $profiles | Import-LoyaltySource } | Should -Throw -ErrorId 'SourcePathNotFound,*'
    }

    It 'makes $? false' {
        Import-LoyaltySource nowhere -ErrorAction SilentlyContinue
        $? | Should -BeFalse
        $null = Import-LoyaltySource $profiles
        $? | Should -BeTrue
    }
}

Describe 'An error that ends the work' {
    It 'is caught with its id, category, target and remedy' {
        try { Invoke-LoyaltyMerge -From 2026-06-30 -To 2026-06-01; $problem = $null } catch { $problem = $_ }
        $problem.FullyQualifiedErrorId | Should -Be 'RunDatesReversed,LoyaltyPipeline.Commands.InvokeLoyaltyMergeCommand'
        $problem.CategoryInfo.Category | Should -Be InvalidArgument
        $problem.ErrorDetails.RecommendedAction | Should -Match '-From'
        $problem.InvocationInfo.ScriptLineNumber | Should -BeGreaterThan 0
    }

    It 'goes into a trap, and the script goes on' {
        & { trap { 'trapped'; continue }; Invoke-LoyaltyMerge -From 2026-06-30 -To 2026-06-01; 'after' } | Should -Be trapped, after
    }

    It 'is quiet with -ErrorAction SilentlyContinue no more than in PowerShell' {
        { Invoke-LoyaltyMerge -From 2026-06-30 -To 2026-06-01 -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'RunDatesReversed,*'
    }
}

Describe 'Other streams' {
    It 'have warnings: variable, redirection and preference' {
        Set-Content landing/notes.txt 'x'
        $null = Import-LoyaltySource landing -WarningAction SilentlyContinue -WarningVariable warned
        "$warned" | Should -BeLike '*notes.txt*'
        @(Import-LoyaltySource landing 3>&1).Where{ $_ -is [System.Management.Automation.WarningRecord] }.Count | Should -Be 1
        { Import-LoyaltySource landing -WarningAction Stop } | Should -Throw
        Remove-Item landing/notes.txt
    }

    It 'tell what is done with -Verbose, and no values' {
        $said = Invoke-LoyaltyMerge $day -Verbose 4>&1
        $verbose = $said.Where{ $_ -is [System.Management.Automation.VerboseRecord] }
        "$verbose" | Should -Match 'Judge DW_A.USER_PROFILE'
        "$verbose" | Should -Not -Match '@'
        $said[-1].Outcome | Should -Be Written
    }

    It 'fill -OutVariable and -PipelineVariable' {
        $null = Get-EngagementSegment -OutVariable members -PipelineVariable member | ForEach-Object { $member.UserId | Should -Be $_.UserId }
        $members.Count | Should -Be 5
    }
}

Describe 'A reader that has enough' {
    It 'ends <Script> without an error, and the warehouse goes on' -TestCases @(
        @{ Script = 'Get-EngagementSegment' }
        @{ Script = 'Get-LoyaltyHistory' }
        @{ Script = 'Get-LoyaltyRun' }
        @{ Script = 'Import-LoyaltySource landing' }
        @{ Script = 'Test-PipelineIntegrity -Suite Master -InformationAction Ignore' }
        @{ Script = 'Get-LoyaltyDeployment DuckDB' }
    ) {
        $Error.Clear()
        @(& ([scriptblock]::Create($Script)) | Select-Object -First 1).Count | Should -Be 1
        $Error | Should -BeNullOrEmpty
        @(Get-EngagementSegment).Count | Should -Be 5
    }
}
