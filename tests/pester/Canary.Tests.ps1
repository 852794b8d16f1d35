# A user with unusual values goes through everything that the module does in a month: what of the values is where, before the user is erased and after.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    $canary = 904711904711
    $email, $name, $phone = 'Qzwx.Kanarie+vogel@Sub.Example.ORG', "Qzwxine O'Kanarienvogel-Żółw", '+49 (4711) 904711-99'
    $category = 'qzwxcontent'
    # As it is, and as redaction and hashing spell it.
    $values = $email, $email.ToLowerInvariant(), $name, $phone, '49471190471199', $category, "$canary"
    $days = 30

    function Write-Landing {
        $null = New-LoyaltySample ./landing -Users 200 -Days 60
        $region = (Import-Csv ./landing/REGION_METADATA.csv)[0].REGION_CODE
        Add-Content ./landing/USER_PROFILE.csv "$canary,$email,$name,$phone,$region,standard,active,true,2026-01-01 00:00:00,2026-06-01 00:00:00",
            # Rejected: an account type that nobody has.
            "$canary,$email,$name,$phone,$region,golden,active,true,2026-01-01 00:00:00,2026-05-01 00:00:00"
        Add-Content ./landing/ENGAGEMENT_SCORE.csv (1..$days).ForEach{ "$canary,2026-06-$($_.ToString('00')),$(70 + $_)" }
        Add-Content ./landing/USER_ACTIVITY.csv (1..$days).ForEach{ "$(88000000 + $_),$canary,feedback,2026-06-$($_.ToString('00')) 10:00:00,,$(1 + $_ % 5)" }
        Add-Content ./landing/ENGAGEMENT_SCORE.csv "$canary,2026-06-30,999"
        Add-Content ./landing/PRODUCT_SUPPORT_USAGE.csv "88000001,$canary,faq,$category,2026-06-20 10:00:00"
    }

    function Write-Config {
        Set-Content pipeline.yml @'
consumers:
  Marketing:
    segment: HighlyEngaged
    destination: ./drop
    redaction: { email: keep, name: keep, phone: keep }
    compression: none
  Ads:
    segment: HighlyEngaged
    destination: ./drop
    columns: [USER_ID, EMAIL, PHONE]
    redaction: { hashing: google, default_region: DE }
  Partner:
    segment: HighlyEngaged
    destination: ./drop
    redaction: { email: generalize, name: mask, phone: e164, default_region: DE }
    format: jsonlines
  Warehouse:
    segment: HighlyEngaged
    destination: ./drop
    format: parquet
integrity:
  own_checks:
    everybody:
      description: is well engaged
      error: none
      warn: 1
      query: SELECT * FROM LOYALTY.MASTER WHERE ENGAGEMENT_SCORE > 95
'@
    }

    # All that shows, queries and reports.
    function Show-Everything {
        Get-LoyaltyRun
        Get-LoyaltyQuarantine
        Test-PipelineIntegrity -WarningAction SilentlyContinue -OutFile ./checks.junit.xml
        Get-FeatureAdoption
        Get-SegmentDelivery
        Get-SegmentDelivery | Test-SegmentDelivery
        Export-PipelineDashboard ./dashboard.html
        Export-LoyaltyExtract * -Destination ./extracts
        Export-LoyaltyCatalog ./catalog -Format Html -Warehouse ./w.duckdb
        Find-LoyaltyPii
        Get-LoyaltyStatus
        Get-LoyaltySource
        Get-LoyaltyAudit
        Invoke-LoyaltyQuery 'SELECT ENGAGEMENT_SEGMENT, COUNT(*) AS USERS, MAX(EMAIL) AS ANY_EMAIL FROM MASTER_MASKED GROUP BY ALL ORDER BY 1'
        Compress-LoyaltyHistory -KeepDaily 7 -WhatIf
        Invoke-LoyaltyMerge 2026-06-30 -WhatIf
        Export-EngagementSegment Marketing -WhatIf
        Get-LoyaltyDeployment DuckDB
    }

    # The files below a folder, and the warehouse, that hold one of the texts.
    function Find-Value([string[]] $Text) {
        $wanted = $Text.ForEach{ [System.Text.Encoding]::Latin1.GetString([System.Text.Encoding]::UTF8.GetBytes($_)) }
        foreach ($file in Get-ChildItem . -File -Recurse -Force) {
            $stream = [System.IO.File]::Open($file.FullName, 'Open', 'Read', 'ReadWrite, Delete')
            $memory = [System.IO.MemoryStream]::new()
            $content = $file.Extension -eq '.gz' ? [System.IO.Compression.GZipStream]::new($stream, [System.IO.Compression.CompressionMode]::Decompress) : $stream
            $content.CopyTo($memory)
            $stream.Dispose()
            $held = [System.Text.Encoding]::Latin1.GetString($memory.ToArray())
            if ($wanted.Where({ $held.Contains($_, [System.StringComparison]::OrdinalIgnoreCase) }, 'First')) { [System.IO.Path]::GetRelativePath($PWD, $file.FullName) }
        }
    }

    Disconnect-LoyaltyWarehouse
    Set-Location (New-Item (Join-Path $TestDrive canary) -ItemType Directory)
    Write-Landing
    Write-Config
    $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
    $streams = & {
        Connect-LoyaltyWarehouse ./w.duckdb
        Initialize-LoyaltyWarehouse
        Import-LoyaltySource ./landing
        Invoke-LoyaltyMerge -From 2026-06-01 -To 2026-06-30 -Force
        'Marketing', 'Ads', 'Partner', 'Warehouse' | ForEach-Object { Export-EngagementSegment $_ }
        Show-Everything
    } *>&1 | Format-List * | Out-String -Width 4000
    $VerbosePreference = $DebugPreference = $InformationPreference = 'SilentlyContinue'
    Remove-Item ./landing -Recurse
    $parts = @(Get-ChildItem ./drop -Recurse -File -Filter part-*).ForEach{ [System.IO.Path]::GetRelativePath($PWD, $_.FullName) } | Sort-Object
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Set-Location $PSScriptRoot
}

Describe 'A user with unusual values, in a month of everything' {
    It 'was merged on every day, and sent to four consumers' {
        @(Get-LoyaltyHistory $canary).Count | Should -BeGreaterOrEqual $days
        $parts.Count | Should -Be 4
        @($parts -match 'Warehouse.*\.parquet$').Count | Should -Be 1
    }

    It 'is in no stream of a run that says all it can, but by the id of a rejected row' {
        foreach ($value in $values -ne "$canary") { $streams | Should -Not -Match ([regex]::Escape($value)) }
        # The key of a row that cannot be used is what somebody needs to mend it.
        @($streams -split "`n" -match $canary).Where{ $_ -notmatch 'USER_ID=\d+' } | Should -BeNullOrEmpty
    }

    It 'stands in no file but the warehouse and what was delivered' {
        $found = Find-Value ($values -ne "$canary") | Sort-Object
        @($found -like 'w.duckdb*').Count | Should -BeGreaterThan 0
        $found.Where{ $_ -notin $parts -and $_ -notlike 'w.duckdb*' } | Should -BeNullOrEmpty
    }
}

Describe 'The same user, erased' {
    BeforeAll {
        $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
        $said = $( $erased = Remove-LoyaltyUser $canary -Confirm:$false ) *>&1 | Out-String -Width 4000
        # Made anew of what there is now, as a schedule does.
        $after = Show-Everything *>&1 | Format-List * | Out-String -Width 4000
        $VerbosePreference = $DebugPreference = $InformationPreference = 'SilentlyContinue'
        $null = $said, $after, $erased
    }

    It 'is in no stream any more' {
        foreach ($value in $values) { "$said$after" | Should -Not -Match ([regex]::Escape($value)) }
    }

    It 'is in no byte below the folder but in delivered files' {
        $found = Find-Value $values | Sort-Object
        $found.Where{ $_ -notin $parts } | Should -BeNullOrEmpty
        # Of Parquet the bytes are compressed, and hashes say nothing.
        $found | Should -Contain @($parts -match 'Marketing')[0]
    }

    It 'is reported in just those files' {
        $erased.Outcome, $erased.Storage | Should -Be 'Erased', 'Done'
        $erased.Deliveries.Consumer | Sort-Object | Should -Be Ads, Marketing, Partner, Warehouse
        @($erased.Deliveries.Files).ForEach{ [System.IO.Path]::GetRelativePath($PWD, $_) } | Sort-Object | Should -Be $parts
    }

    It 'leaves a warehouse that is sound, in which the others are as they were' {
        Test-PipelineIntegrity -WarningAction SilentlyContinue | Where-Object { $_.Status -in 'Failed', 'Error' } | Should -BeNullOrEmpty
        (Invoke-LoyaltyMerge 2026-06-30 -Force -WarningAction SilentlyContinue).Outcome | Should -Be Unchanged
    }
}
