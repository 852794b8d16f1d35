# What is given to parameters: names, days, and lists of them as a command line hands them on.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    $null = Open-Warehouse Merged $TestDrive

    # The parameters of a kind that no attribute of a name looks at. The condition sees $parameter, and as $type what one value of it is.
    function Get-Unguarded([string] $Attribute, [scriptblock] $Where) {
        foreach ($command in Get-Command -Module LoyaltyPipeline) {
            foreach ($parameter in $command.Parameters.Values) {
                $type = [Nullable]::GetUnderlyingType($parameter.ParameterType) ?? $parameter.ParameterType
                $type = $type.IsArray ? $type.GetElementType() : $type
                if (-not (& $Where)) { continue }
                $guards = $parameter.Attributes.Where{ $_ -is [System.Management.Automation.ArgumentTransformationAttribute] -and $_.GetType().Name -match $Attribute }
                if (-not $guards) { "$($command.Name) -$($parameter.Name)" }
            }
        }
    }
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'Whole numbers' {
    # PowerShell would make 0, 8, 1 and 0 of them.
    It 'are what they say, or refused: <Line>' -TestCases @(
        @{ Line = "Remove-LoyaltyUser '' -WhatIf" }
        @{ Line = 'Remove-LoyaltyUser 7.5 -WhatIf' }
        @{ Line = 'Add-LoyaltySuppression $true -WhatIf' }
        @{ Line = 'Remove-LoyaltySuppression @(5, $null) -WhatIf' }
        @{ Line = "Get-LoyaltyUser '5,7'" }
        @{ Line = 'Export-LoyaltyUser 37.6 -Path . -WhatIf' }
        @{ Line = "Get-LoyaltyHistory -UserId ' '" }
        @{ Line = "Get-LoyaltySuppression 1e300" }
        @{ Line = "Compress-LoyaltyHistory -KeepDaily '' -WhatIf" }
    ) {
        { Invoke-Expression $Line } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'come as numbers of any kind, and as the texts of a file' {
        (Get-LoyaltyUser 5, '6', ' 7 ', 8.0, 9d, ([byte] 10)).UserId | Should -Be 5, 6, 7, 8, 9, 10
    }

    It 'of a file that has none in a row keep that row out, and nobody else in' {
        'USER_ID,NOTE', '5,a', ',b', '7.5,c' | Set-Content rows.csv
        $said = Import-Csv rows.csv | Add-LoyaltySuppression -WhatIf -ErrorAction SilentlyContinue -ErrorVariable failed
        $said.Added, $failed.Count | Should -Be 1, 2
        $failed.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
    }

    It 'are looked at so by every parameter that takes them' {
        $unguarded = Get-Unguarded '^WholeNumberTransformationAttribute$' { $type -in [long], [int] -and $parameter.Name -notlike 'Out*' }
        $unguarded | Should -BeNullOrEmpty
    }
}

Describe 'Days' {
    It 'as a string in double quotes has them are taken, unless the culture spells another day so: <Culture>' -TestCases @(
        @{ Culture = 'en-US'; IsTaken = $true }
        @{ Culture = 'de-DE'; IsTaken = $true }
        @{ Culture = 'en-GB'; IsTaken = $false }
        @{ Culture = 'fr-FR'; IsTaken = $false }
    ) {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $Culture
            $merge = { Invoke-LoyaltyMerge -RunDate "$([datetime]'2026-06-07')" -WhatIf -Force -WarningAction Ignore }
            if ($IsTaken) { (& $merge).RunDate.ToString('yyyy-MM-dd') | Should -Be '2026-06-07' }
            else { $merge | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' }
        }
        finally { [cultureinfo]::CurrentCulture = $before }
    }
}

Describe 'Names of an enumeration' {
    It 'are split where several are taken' {
        $suites = (Test-PipelineIntegrity 'Master, History' -InformationAction Ignore).Suite | Sort-Object -Unique
        "$suites" | Should -Be "$((Test-PipelineIntegrity Master, History -InformationAction Ignore).Suite | Sort-Object -Unique)"
        @($suites).Count | Should -Be 2
    }

    # The engine would combine the values into another one, and the wrong users would be sent.
    It 'are refused where one is taken: <Line>' -TestCases @(
        @{ Line = "Get-EngagementSegment 'Engaged,LowEngagement'" }
        @{ Line = "Export-EngagementSegment -Segment 'Engaged, LowEngagement' -Destination drop -WhatIf" }
        @{ Line = "Export-EngagementSegment Marketing -Destination drop -Mode 'Full,Diff' -WhatIf" }
        @{ Line = "Export-EngagementSegment Marketing -Destination drop -Format Csv, Parquet -WhatIf" }
        @{ Line = "Import-LoyaltySource landing -Mode 'Append,Replace'" }
        @{ Line = "Test-PipelineIntegrity -FailOn 'Warning,Error'" }
    ) {
        { Invoke-Expression $Line } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'are looked at so by every parameter that takes them' {
        $unguarded = Get-Unguarded '^(Names|Segment)TransformationAttribute$' { $type.IsEnum -and $type.Namespace -like 'LoyaltyPipeline*' }
        $unguarded | Should -BeNullOrEmpty
    }
}

Describe 'A day' {
    It 'is taken as PowerShell writes it into a text, under every culture the same' {
        $run = Get-LoyaltyRun -Kind Merge -Last 1
        (Get-LoyaltyHistory -AsOf "$($run.RunDate)").Count | Should -Be (Get-LoyaltyHistory -AsOf $run.RunDate).Count
    }

    It 'of a local time says which day of UTC it is: <Time>' -TestCases @(
        @{ Time = [DateTimeOffset]'2026-06-30T12:30+02:00'; Verbose = '2026-06-30 12:30 local time is taken as the day 2026-06-30 (UTC).' }
        @{ Time = [DateTimeOffset]'2026-06-30T23:30-05:00'; Warning = '2026-06-30 23:30 local time is taken as the day 2026-06-30 (UTC); by UTC it is 2026-07-01.' }
        @{ Time = [DateTimeOffset]'2026-06-30T12:30Z' }
        @{ Time = [datetime]'2026-06-30T12:30' }
        @{ Time = (Get-Date 2026-06-30) }
    ) {
        $said = Invoke-LoyaltyMerge -RunDate $Time -WhatIf -Verbose -WarningVariable warnings -WarningAction SilentlyContinue 4>&1
        $warnings | ForEach-Object Message | Should -Be $Warning
        $said.Where{ $_ -is [System.Management.Automation.VerboseRecord] -and $_.Message -like '*local time*' }.Message | Should -Be $Verbose
        $said[-1].RunDate | Should -Be ([datetime]'2026-06-30')
    }

    It 'of the clock on the wall is said, and each is once' {
        $now = Get-Date
        $said = @(Get-LoyaltyRun -RunDate $now -Verbose -WarningAction Continue 3>&1 4>&1 | Where-Object { "$_" -like '*local time is taken as*' })
        $said.Count | Should -Be 1
        $said[0] -is [System.Management.Automation.WarningRecord] | Should -Be ($now.Date -ne $now.ToUniversalTime().Date)
        @(Get-LoyaltyHistory -Between $now, $now.AddSeconds(1) -Verbose -ErrorAction Ignore 3>&1 4>&1 | Where-Object { "$_" -like '*local time*' }).Count | Should -BeIn 1, 2
        @(Get-LoyaltyRun -RunDate $now.Date -Verbose 3>&1 4>&1 | Where-Object { "$_" -like '*local time*' }).Count | Should -Be 0
    }

    It 'of a call that could not be bound is nothing to say by the next one' {
        { Get-LoyaltyRun -RunDate ([DateTimeOffset]'2026-06-30T23:30-05:00') -Last none } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        { Get-LoyaltyHistory -Between ([DateTimeOffset]'2026-06-30T23:30-05:00'), 'none' } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        $said = @(Get-LoyaltyRun -RunDate 2026-06-30 -Verbose 3>&1 4>&1; Get-LoyaltyHistory -Between 2026-06-30, 2026-06-30 -Verbose -ErrorAction Ignore 3>&1 4>&1)
        $said.Where{ "$_" -like '*local time*' } | Should -BeNullOrEmpty
    }

    It 'among several says which day of UTC it is, each once' {
        $said = @(Get-LoyaltyHistory -Between ([DateTimeOffset]'2026-06-29T23:30-05:00'), ([DateTimeOffset]'2026-06-30T12:30+02:00') -Verbose -ErrorAction Ignore 3>&1 4>&1 | Where-Object { "$_" -like '*local time*' })
        $said | ForEach-Object Message | Should -Be @('2026-06-29 23:30 local time is taken as the day 2026-06-29 (UTC); by UTC it is 2026-06-30.', '2026-06-30 12:30 local time is taken as the day 2026-06-30 (UTC).')
    }

    It 'is refused with a time of day, or as others write it: <_>' -ForEach '06/30/2026 12:00:00', '06/30/2026', '30.06.2026', 'today' {
        { Get-LoyaltyHistory -AsOf $_ } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }
}

Describe 'One version of a user' {
    It 'is an object like any other, also by index' {
        $versions = Get-LoyaltyHistory -UserId 1 -AsOf $day
        $versions[0].USER_ID | Should -Be 1
        $versions[-1].USER_ID | Should -Be 1
    }
}
