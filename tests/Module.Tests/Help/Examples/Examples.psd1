# What the examples of help, README, docs and about_ topics take for granted and promise. An example that is not named here is run all the same: it may write no error and
# no warning, must emit an object, and of the kind that the help of its cmdlet names.
#
# Code       the statement, as it stands there
# In         only there: the heading, or the cmdlet and which of its examples, such as 'Get-LoyaltyRun, example 2'
# Given      scripts that bring about what the text takes for granted; they run before the first statement of the example
# Count      how many objects it emits: 10, '3..', '0..1'
# Holds      conditions, each a script that emits True; $out is what was emitted
# Files      files that it writes
# Warns      a pattern of the warning that belongs to it
# OnlyBound  why it is not run; its parameters are bound all the same
@{
    Substitutions = @(
        @{ From = './LoyaltyPipeline.psd1'; To = '{repository}/LoyaltyPipeline.psd1' }
        @{ From = './build.ps1'; To = '{repository}/build.ps1' }
        @{ From = './module/pipelines/Daily.ps1'; To = '{repository}/module/pipelines/Daily.ps1' }
        @{ From = '/data/'; To = '{folder}/' }
        @{ From = '-ConnectionName prod'; To = '-ConnectionName ready' }
        @{ From = '-Account myorg-myaccount -User LOYALTY_RUNNER -PrivateKeyPath ./runner.p8'; To = '-ConnectionName ready' }
    )

    Statements = @(
        # Scripts
        @{ Code = './build.ps1 Test'; OnlyBound = 'It runs these tests.' }
        @{ Code = './build.ps1 Test -Full'; OnlyBound = 'It runs these tests.' }
        @{ Code = './build.ps1 Bench --only anomalies'; OnlyBound = 'It takes minutes; the benchmark has tests of its own.' }

        # Warehouses
        @{ Code = 'Connect-LoyaltyWarehouse ./loyalty.duckdb'; Count = 1; Files = 'loyalty.duckdb'; Holds = '$out[0].IsOpen' }
        @{ Code = 'Connect-LoyaltyWarehouse ./loyalty.duckdb -MustExist'; Given = '$null = Connect-LoyaltyWarehouse ./loyalty.duckdb; Disconnect-LoyaltyWarehouse'; Count = 1; Holds = '$out[0].IsOpen' }
        @{ Code = 'Connect-LoyaltyWarehouse ./demo.duckdb'; Count = 1; Files = 'demo.duckdb' }
        @{ Code = 'Import-Module ./LoyaltyPipeline.psd1'; Count = 0 }
        @{ Code = 'Disconnect-LoyaltyWarehouse'; Count = 0; Holds = 'try { $null = Get-LoyaltyRun; $false } catch { $_.FullyQualifiedErrorId -like "WarehouseNotConnected,*" }' }
        @{ Code = 'Disconnect-LoyaltyWarehouse $test'; Count = 0; Holds = '-not $test.IsOpen' }
        @{ Code = 'Initialize-LoyaltyWarehouse -Warehouse ./loyalty.duckdb -WhatIf'; Given = 'Disconnect-LoyaltyWarehouse; Remove-Item ./loyalty.duckdb'; Count = '10..'; Holds = '-not $out.Where{ $_.Applied }', '-not (Test-Path ./loyalty.duckdb)' }
        @{ Code = 'Initialize-LoyaltyWarehouse -IncludeSources -Verbose'; Given = 'Disconnect-LoyaltyWarehouse; $null = Connect-LoyaltyWarehouse :memory:'; Holds = '$out.Name -contains "DW_A.USER_PROFILE"' }
        @{ Code = 'Initialize-LoyaltyWarehouse'; In = 'Initialize-LoyaltyWarehouse, example 1'; Given = 'Disconnect-LoyaltyWarehouse; $null = Connect-LoyaltyWarehouse :memory:'; Holds = '$out.Where{ $_.Applied }.Name -contains "LOYALTY.MASTER"' }
        @{ Code = 'Get-LoyaltyDeployment -Engine Snowflake -Database ANALYTICS -VirtualWarehouse LOYALTY_WH > loyalty.sql'; Files = 'loyalty.sql'; Holds = '(Get-Content loyalty.sql -Raw) -match "ANALYTICS[\s\S]+LOYALTY_WH"' }

        # The written catalog
        @{ Code = 'Export-LoyaltyCatalog ./docs/catalog -Format Markdown -Check'; Given = '$null = Export-LoyaltyCatalog ./docs/catalog -Format Markdown'; Count = 0 }

        # Settings
        @{ Code = 'New-LoyaltyConfig'; Given = 'Remove-Item ./pipeline.yml -ErrorAction Ignore'; Count = 1; Files = 'pipeline.yml' }
        @{ Code = 'New-LoyaltyConfig ./settings.yml'; Count = 1; Files = 'settings.yml' }
        @{ Code = 'Test-LoyaltyConfig ./settings.yml'; Count = 2; Holds = '-not $out.Where{ $_.Severity -ne "Warning" -or $_.Key -notlike "consumers.*.destination" }' }
        @{ Code = 'Test-LoyaltyConfig'; Given = '"guards: {deletes: 10}" | Set-Content ./pipeline.yml'; Count = 1; Holds = '$out[0].Key -eq "guards.deletes"' }
        @{ Code = 'Test-LoyaltyConfig ./pipeline.yml -Offline | Where-Object Severity -eq Error'; Given = '"guards: {deletes: 10}" | Set-Content ./pipeline.yml'; Count = 1 }
        @{ Code = "if (-not (Test-LoyaltyConfig ./pipeline.yml -Quiet)) { throw 'pipeline.yml is not ready.' }"; Given = '"guards: {deletes: 10%}" | Set-Content ./pipeline.yml'; Count = 0 }

        # Notifications: the examples have nobody to tell
        @{ Code = 'Send-LoyaltyNotification Sound'; Count = 0 }
        @{ Code = 'try { Invoke-LoyaltyMerge } catch { Send-LoyaltyNotification Failed -ErrorRecord $_; throw }'; Count = 1 }
        @{ Code = '$results | Send-LoyaltyNotification NotSound -WhatIf'; Count = 0 }

        # Pages for people
        @{ Code = 'Initialize-LoyaltyWarehouse -WhatIf'; In = 'Upgrade'; Count = 0 }
        @{ Code = 'Initialize-LoyaltyWarehouse'; In = 'Upgrade'; Count = 0 }
        @{ Code = '$null = Initialize-LoyaltyWarehouse'; In = 'From nothing to a delivery'; Count = 0; Holds = '@(Initialize-LoyaltyWarehouse -WhatIf).Count -eq 0' }
        @{ Code = "(Test-PipelineIntegrity).Where{ `$_.Status -in 'Failed', 'Error' }"; Count = '0..' }

        # Scheduled jobs. The PowerShell that runs the examples is no program of its own; jobs of this machine are nothing that examples touch.
        @{ Code = "Register-LoyaltyTask -Name Daily -Schedule '0 4 * * *' -AsDefinition"; Given = '$PSDefaultParameterValues["Register-LoyaltyTask:PowerShell"] = "/opt/microsoft/powershell/7/pwsh"'; Count = 1; Holds = '"$out" -match "Daily\.ps1"' }
        @{ Code = "Register-LoyaltyTask -Name Daily -Schedule '0 4 * * *' -AsDefinition -Kind Systemd"; Given = '$PSDefaultParameterValues["Register-LoyaltyTask:PowerShell"] = "/opt/microsoft/powershell/7/pwsh"'; Count = 1; Holds = '"$out" -match "OnCalendar=\*-\*-\* 04:00:00"' }
        @{ Code = "Register-LoyaltyTask -Name Daily -Schedule '0 4 * * *' -AsDefinition -Kind TaskScheduler"; Given = '$PSDefaultParameterValues["Register-LoyaltyTask:PowerShell"] = "/opt/microsoft/powershell/7/pwsh"'; Count = 1; Warns = 'The job names no warehouse*'; Holds = '([xml] "$out").Task.Settings.MultipleInstancesPolicy -eq "IgnoreNew"' }
        @{ Code = "Register-LoyaltyTask Daily '0 4 * * MON-FRI' -Kind TaskScheduler -Account 'CONTOSO\svc-loyalty$' -WakeToRun -PowerShell 'C:\Program Files\PowerShell\7\pwsh.exe' -ScriptPath 'C:\Program Files\LoyaltyPipeline\module\pipelines\Daily.ps1' -Warehouse 'D:\Loyalty\loyalty.duckdb' -AsDefinition > daily.xml"; Count = 0; Files = 'daily.xml'; Holds = '([xml] (Get-Content daily.xml -Raw)).Task.Principals.Principal.UserId -eq "CONTOSO\svc-loyalty`$"' }
        @{ Code = "Register-LoyaltyTask Daily '0 4 * * *' -Kind TaskScheduler -AsDefinition -Account 'CONTOSO\svc-loyalty$' -Warehouse 'D:\Loyalty\loyalty.duckdb' -Config 'D:\Loyalty\pipeline.yml' -PowerShell 'C:\Program Files\PowerShell\7\pwsh.exe' -ScriptPath 'C:\Program Files\LoyaltyPipeline\module\pipelines\Daily.ps1' > daily.xml"; Count = 0; Files = 'daily.xml'; Holds = '([xml] (Get-Content daily.xml -Raw)).Task.Actions.Exec.Command -eq "C:\Program Files\PowerShell\7\pwsh.exe"' }
        @{ Code = "Register-LoyaltyTask Daily '0 4 * * *' -Warehouse /data/loyalty.duckdb -Config /data/pipeline.yml -Landing /data/landing -LockTimeout 00:30:00 -WhatIf"; OnlyBound = 'What starts jobs differs from machine to machine.' }
        @{ Code = 'Get-LoyaltyTask'; OnlyBound = 'Jobs of the machine are nothing that examples look at.' }
        @{ Code = '(Get-LoyaltyTask Daily).Definition'; OnlyBound = 'Jobs of the machine are nothing that examples look at.' }
        @{ Code = 'Test-LoyaltyTask Daily'; OnlyBound = 'Jobs of the machine are nothing that examples start.' }
        @{ Code = '(Test-LoyaltyTask Daily).Output'; OnlyBound = 'Jobs of the machine are nothing that examples start.' }
        @{ Code = 'Unregister-LoyaltyTask Daily'; OnlyBound = 'Jobs of the machine are nothing that examples remove.' }
        @{ Code = 'Unregister-LoyaltyTask * -WhatIf'; OnlyBound = 'Jobs of the machine are nothing that examples remove.' }

        # Samples and imports
        @{ Code = 'New-LoyaltySample -Users 10000 -Days 90 -Seed 7 -Dirty -Path ./landing'; Given = 'Remove-Item ./landing -Recurse'; Count = 1; Files = 'landing/USER_PROFILE.csv'; Holds = '$out[0].Users -eq 10000' }
        @{ Code = 'Import-LoyaltySource ./landing -WhatIf'; Holds = '$out.Count -eq @(Select-String -Path ((Get-Module LoyaltyPipeline).ModuleBase + "/sql/catalog.yml") -Pattern "kind: source$").Count', '-not $out.Where{ $_.Applied }' }
        @{ Code = 'Import-LoyaltySource ./landing'; Holds = '$out.Count -eq @(Select-String -Path ((Get-Module LoyaltyPipeline).ModuleBase + "/sql/catalog.yml") -Pattern "kind: source$").Count', '-not $out.Where{ -not $_.Applied }' }
        @{ Code = 'Import-LoyaltySource ./export.csv -Table USER_PROFILE -Mode Replace -MaxRejected 0.1%'; Given = '$null = New-LoyaltySample ./other -Users 300', 'Copy-Item ./other/USER_PROFILE.csv ./export.csv'; Count = 1; Holds = '$out[0].RowsRead -eq 300' }
        @{ Code = 'Import-LoyaltySource ./landing/USER_ACTIVITY_*.csv.gz -Mode Replace'; Given = '$null = New-LoyaltySample ./may -Users 100 -Compress; $null = New-LoyaltySample ./june -Users 200 -Compress -Seed 8', 'Move-Item ./may/USER_ACTIVITY.csv.gz ./landing/USER_ACTIVITY_05.csv.gz; Move-Item ./june/USER_ACTIVITY.csv.gz ./landing/USER_ACTIVITY_06.csv.gz'; Count = 1; Holds = '$out[0].Files.Count -eq 2' }

        # The line
        @{ Code = 'Import-LoyaltySource ./landing | Invoke-LoyaltyMerge -RunDate 2026-06-30 | Test-PipelineIntegrity | Export-EngagementSegment Marketing, CustomerSuccess'; Count = 2; Holds = '-not $out.Where{ "$($_.Outcome)" -ne "Published" }' }
        @{ Code = 'Import-LoyaltySource ./landing | Invoke-LoyaltyMerge -RunDate 2026-06-30 | Test-PipelineIntegrity | Export-EngagementSegment Marketing, CustomerSuccess -Destination ./drop'; Count = 2; Holds = '-not $out.Where{ "$($_.Outcome)" -ne "Published" }' }
        @{ Code = 'Import-LoyaltySource ./landing | Invoke-LoyaltyMerge -RunDate 2026-06-30'; Count = 1; Holds = '"$($out[0].Outcome)" -eq "Written"' }
        @{ Code = 'Invoke-LoyaltyMerge -RunDate 2026-06-30 -OutVariable merged | Test-PipelineIntegrity -OutVariable checks | Export-EngagementSegment Marketing'; Count = 1; Holds = '$merged.Count -eq 1', '$checks.Count -gt 200' }
        @{ Code = '$checks | Where-Object Status -ne Passed'; Holds = '-not $out.Where{ "$($_.Status)" -eq "Passed" }' }
        @{ Code = 'Test-PipelineIntegrity | Export-EngagementSegment Marketing'; Count = 1 }
        @{ Code = 'Test-PipelineIntegrity | Export-EngagementSegment Marketing, CustomerSuccess -Destination ./drop'; Count = 2 }
        @{ Code = 'Get-LoyaltyRun -Kind Deliver -Last 3 | Get-SegmentDelivery'; Holds = '-not $out.Where{ -not $_.DeliveryId }' }
        @{ Code = 'Get-SegmentDelivery Marketing -Status Published | Where-Object IsBackfill | Clear-SegmentDelivery -WhatIf'; Given = '$null = Invoke-LoyaltyMerge -RunDate 2026-06-30; $null = Export-EngagementSegment Marketing; $null = Export-EngagementSegment Marketing -AsOf 2026-06-28 -Mode Full -Format Parquet'; Count = 1; Holds = '-not $out[0].Removed' }

        # Merges
        @{ Code = 'Invoke-LoyaltyMerge'; Count = 1; Holds = '"{0:yyyy-MM-dd}" -f $out[0].RunDate -eq [datetime]::UtcNow.ToString("yyyy-MM-dd")' }
        @{ Code = 'Invoke-LoyaltyMerge -RunDate 2026-06-30 -WhatIf'; Count = 1; Holds = '"$($out[0].Outcome)" -eq "Planned"' }
        @{ Code = 'Invoke-LoyaltyMerge -RunDate $sample.LastDay -WhatIf'; Count = 1; Holds = '"$($out[0].Outcome)" -eq "Planned"' }
        @{ Code = 'Invoke-LoyaltyMerge -RunDate 2026-06-30'; Count = 1; Holds = '"$($out[0].Outcome)" -eq "Written"', '$out[0].Users -gt 100' }
        @{ Code = 'Invoke-LoyaltyMerge -RunDate $sample.LastDay'; Count = 1; Holds = '"$($out[0].Outcome)" -eq "Written"', '$out[0].Users -gt 100' }
        @{ Code = 'Invoke-LoyaltyMerge -From 2026-06-24 -To 2026-06-29'; Count = 6 }
        @{ Code = '(Invoke-LoyaltyMerge -RunDate 2026-06-30 -WhatIf).SegmentMoves'; Holds = '(Get-LoyaltyRun -Kind Merge).Where{ "{0:yyyy-MM-dd}" -f $_.RunDate -eq "2026-06-30" -and "$($_.Status)" -eq "Succeeded" }.Count -eq 0' }
        @{ Code = '(Invoke-LoyaltyMerge -RunDate 2026-06-30).Sources'; Holds = '$out.Count -eq @(Select-String -Path ((Get-Module LoyaltyPipeline).ModuleBase + "/sql/catalog.yml") -Pattern "kind: source$").Count', '-not $out.Where{ $_.RowsRead -ne $_.RowsUsed + $_.RowsQuarantined }' }
        @{ Code = 'Invoke-LoyaltyMerge -From 2026-06-20 -To 2026-06-30 -OnlyMissing'; Count = '5..'; Holds = '(($out.Where{ "$($_.Outcome)" -eq "Written" }.ForEach{ "{0:dd}" -f $_.RunDate }) -join " ") -eq "20 21 22 23 30"' }

        @{
            Code = @'
try {
    Import-LoyaltySource ./landing -MaxRejected 1%
    Invoke-LoyaltyMerge
}
catch {
    $_.FullyQualifiedErrorId
    $_.ErrorDetails?.RecommendedAction    # errors of the module have it
    exit 1
}
'@
            Given = '$null = New-LoyaltySample ./landing -Users 300 -Days 120 -Force'
            Holds = '$out[-1].Users -gt 100', '$out.Count -eq $out[-1].Sources.Count + 1'
        }

        # Reading
        @{ Code = 'Get-EngagementSegment HighlyEngaged -First 10'; Count = 10; Holds = '-not $out.Where{ $_.Segment -notmatch "^Highly ?Engaged$" }' }
        @{ Code = 'Get-EngagementSegment -Segment LowEngagement -Region US-EAST, DE*'; Holds = '-not $out.Where{ $_.Segment -notmatch "^Low ?Engagement$" -or $_.RegionCode -notmatch "^(US-EAST$|DE)" }' }
        # Personal data
        @{ Code = 'Find-LoyaltyPii'; Count = '3..'; Holds = '-not $out.Where{ -not $_.IsDeclared }', '$out.Where{ $_.Table -eq "DW_A.USER_PROFILE" }.Column -join " " -eq "EMAIL FULL_NAME PHONE"' }
        @{ Code = '(Find-LoyaltyPii -Table DW_*).Where{ -not $_.IsDeclared }'; Count = 0 }
        @{ Code = 'Find-LoyaltyPii | Where-Object IsDeclared -eq $false'; Count = 0 }
        @{ Code = 'Find-LoyaltyPii -Path ./landing/USER_PROFILE.csv -Kind Email, Phone'; Count = 2 }
        @{ Code = 'Find-LoyaltyPii -Path ./landing -Kind Email, Phone'; Count = 2 }
        @{ Code = 'Get-ChildItem ./landing -Filter *.csv | Find-LoyaltyPii -SampleRows 100000'; Count = 3 }

        @{ Code = 'Get-FeatureAdoption -Region DE* -Module Insights'; Holds = '-not $out.Where{ $_.RegionCode -notlike "DE*" -or $_.ModuleName -ne "Insights" }' }
        @{ Code = '(Get-FeatureAdoption -Feature data-export -AsOf 2026-05-31).Where{ -not $_.IsSmallRegion }'; Holds = '-not $out.Where{ $_.FeatureName -ne "data-export" -or $_.IsSmallRegion }' }
        @{ Code = 'Get-FeatureAdoption -Region DE*'; Holds = '-not $out.Where{ $_.RegionCode -notlike "DE*" }' }
        @{ Code = "Invoke-LoyaltyQuery 'SELECT REGION_CODE, COUNT(*) AS USERS FROM MASTER GROUP BY REGION_CODE ORDER BY USERS DESC'"; Count = '2..'; Holds = '($out | Measure-Object USERS -Sum).Sum -eq @(Get-EngagementSegment).Count' }
        @{ Code = "Invoke-LoyaltyQuery 'SELECT USER_ID, ENGAGEMENT_SCORE FROM MASTER WHERE ENGAGEMENT_SEGMENT = @segment AND REGION_CODE IN (@regions)' -Parameter @{ segment = 'Highly Engaged'; regions = 'DE-BAY', 'US-EAST' }"; Count = '0..' }
        @{ Code = "Invoke-LoyaltyQuery 'SELECT ENGAGEMENT_SEGMENT, COUNT(*) AS USERS FROM MASTER GROUP BY ALL' -AsOf 2026-05-31"; Count = '1..' }
        @{ Code = 'Get-LoyaltyHistory -UserId 42'; Holds = '-not $out.Where{ $_.UserId -ne 42 }' }
        @{ Code = 'Get-LoyaltyHistory -AsOf 2026-06-24 -First 10'; Count = 10 }
        @{ Code = 'Get-LoyaltyHistory -Between 2026-06-24, 2026-06-30'; Holds = '-not $out.Where{ $_.Column -ne "ENGAGEMENT_SEGMENT" }' }
        @{ Code = 'Get-LoyaltyHistory -Between 2026-05-31, 2026-06-29 -Column ENGAGEMENT_SEGMENT, REGION_*'; Holds = '-not $out.Where{ $_.Column -notmatch "^(ENGAGEMENT_SEGMENT$|REGION_)" }' }
        @{ Code = 'Get-LoyaltyHistory -AsOf 2026-05-31 | Where-Object ENGAGEMENT_SCORE -gt 50 | Select-Object USER_ID, ENGAGEMENT_SEGMENT, ENGAGEMENT_SCORE'; Holds = '-not $out.Where{ $_.ENGAGEMENT_SCORE -le 50 -or -not $_.ENGAGEMENT_SEGMENT -or -not $_.USER_ID }' }
        @{ Code = 'Get-LoyaltyHistory -AsOf 2026-05-31 | Export-Csv master-2026-05-31.csv'; Count = 0; Files = 'master-2026-05-31.csv'; Holds = '@(Import-Csv master-2026-05-31.csv).Where{ $_.USER_ID -and $_.ValidFrom }.Count -gt 100' }
        @{ Code = 'Get-LoyaltyHistory -AsOf 2026-06-30 | Where-Object ENGAGEMENT_SCORE -gt 50 | Export-Csv engaged.csv'; Given = '$null = Invoke-LoyaltyMerge -RunDate 2026-06-30'; Count = 0; Files = 'engaged.csv'; Holds = '-not @(Import-Csv engaged.csv).Where{ [decimal] $_.ENGAGEMENT_SCORE -le 50 }' }
        @{ Code = 'Get-LoyaltyRun | Where-Object RunDate -ge (Get-Date).AddDays(-7)'; Given = '$null = Invoke-LoyaltyMerge'; Count = 1 }
        @{ Code = 'Connect-LoyaltyWarehouse ./loyalty.duckdb -ReadOnly'; Given = '$null = Connect-LoyaltyWarehouse ./loyalty.duckdb; Disconnect-LoyaltyWarehouse'; Count = 1; Holds = '$out[0].IsReadOnly' }
        @{ Code = 'Get-LoyaltyDiagnostic'; Count = 1; Holds = '$out[0].Name -like "loyalty-diagnostic-*.zip"' }
        @{ Code = 'Get-LoyaltyDiagnostic ./report.zip | Select-Object Name, Length'; Count = 1; Files = 'report.zip' }
        @{ Code = 'Backup-LoyaltyWarehouse ./loyalty-backup.duckdb'; Count = 1; Files = 'loyalty-backup.duckdb' }
        @{ Code = 'Backup-LoyaltyWarehouse "./loyalty-$(Get-Date -Format yyyyMMdd-HHmmss).duckdb" -LockTimeout 00:30:00'; Count = 1 }
        @{ Code = 'Get-LoyaltyRun -Last 5'; Count = 5 }
        @{ Code = 'Get-LoyaltyAudit -Last 10'; Count = 10 }
        @{ Code = 'Get-LoyaltyAudit -Action Deliver, Erase | Select-Object LoggedAt, Actor, Host, Action, Outcome, Parameters'; Given = '$null = Remove-LoyaltyUser 42 -Confirm:$false'; Count = '1..'; Holds = '-not $out.Where{ $_.Action -notin "Deliver", "Erase" }' }
        @{ Code = 'Get-LoyaltyRun -Last 1 | Get-LoyaltyAudit'; Count = '1..' }
        @{ Code = 'Test-PipelineIntegrity -Table AUDIT | Format-List CheckId, Status, Message, Sample'; Count = '1..' }
        @{ Code = 'Get-LoyaltyRun -Last 5 -LockTimeout 60'; Count = 5 }
        @{ Code = 'Get-LoyaltyQuarantine -Table USER_ACTIVITY -Rule range -First 20'; Count = '1..20'; Holds = '-not $out.Where{ $_.SourceTable -ne "DW_A.USER_ACTIVITY" -or $_.Rule -ne "range" }' }
        @{ Code = 'Get-LoyaltySource'; Holds = '$out.Count -eq @(Select-String -Path ((Get-Module LoyaltyPipeline).ModuleBase + "/sql/catalog.yml") -Pattern "kind: source$").Count', '-not $out.Where{ $null -eq $_.Rows }' }
        @{ Code = 'Get-LoyaltySource | Where-Object Remark | Format-Table Table, Remark, Location -Wrap'; Count = '0..' }
        @{ Code = 'Get-LoyaltySource USER_*, REGION_* | Where-Object IsFresh -eq $false'; Count = '0..' }
        @{ Code = 'Get-LoyaltyStatus'; Count = 1; Holds = '$out[0].Verdict -like "Not all is well, as of *"', '$out[0].DaysMissing -gt 0', '$out[0].Users -gt 100' }
        @{ Code = 'if (-not (Get-LoyaltyStatus -Quiet)) { (Get-LoyaltyStatus).Reasons }'; Count = '1..' }
        @{ Code = '(Get-LoyaltyStatus).ChecksNotPassed | Format-Table'; Count = '0..' }
        @{ Code = 'Get-LoyaltyQuarantine -Open'; Holds = '-not $out.Where{ -not $_.IsOpen }' }
        @{ Code = 'Get-LoyaltyQuarantine -First 20'; Count = 20 }

        # The past
        @{ Code = 'Compress-LoyaltyHistory -KeepDaily 400 -ThenMonthly'; Count = 1; Holds = '$out[0].DaysKept -eq 10' }
        @{ Code = 'Compress-LoyaltyHistory -KeepDaily 400 -ThenMonthly -Confirm:$false'; Count = 1; Holds = '$out[0].DaysKept -eq 10' }
        @{ Code = '(Compress-LoyaltyHistory -KeepDaily 90 -ThenMonthly -WhatIf).DaysRemoved'; Holds = '($out.ForEach{ "{0:yyyy-MM-dd}" -f $_ } -join " ") -eq "2026-03-15 2026-03-30"' }

        @{ Code = 'Undo-LoyaltyMerge -RunDate 2026-06-30 -WhatIf'; Given = '$null = Invoke-LoyaltyMerge -RunDate 2026-06-30'; Count = 1; Holds = '-not $out[0].Applied', '$out[0].WasNewest', '$out[0].Users -gt 0' }
        @{ Code = '$undone = Undo-LoyaltyMerge -RunDate 2026-06-30 -Confirm:$false'; Given = '$null = Invoke-LoyaltyMerge -RunDate 2026-06-30'; Count = 0; Holds = '$undone.Applied' }
        @{ Code = 'Undo-LoyaltyMerge -RunDate 2026-06-29 -Confirm:$false'; Count = 1; Holds = '$out[0].Applied' }
        @{ Code = '$undone.Deliveries | Format-Table Consumer, Segment, PublishedAt, Manifest'; Count = '0..' }

        # Users who are sent to nobody
        @{ Code = "Add-LoyaltySuppression 42, 43 -Reason 'asked by mail'"; Count = 1; Holds = '$out[0].Added -eq 2' }
        @{ Code = "Add-LoyaltySuppression -Path ./optout.csv -Reason 'opt-out list' -Until 2099-12-31"; Given = "Set-Content optout.csv 'USER_ID', 1, 2, 3"; Count = 1; Holds = '$out[0].Added -eq 3' }
        @{ Code = "Get-EngagementSegment LowEngagement -First 3 | Add-LoyaltySuppression -Reason 'survey' -WhatIf"; Count = 1; Holds = '-not $out[0].Applied', '$out[0].Added -eq 3' }
        @{ Code = 'Get-LoyaltySuppression'; Given = '$null = Add-LoyaltySuppression 1'; Count = '1..' }
        @{ Code = "Get-LoyaltySuppression -Reason 'opt-out*' -Current"; Given = "`$null = Add-LoyaltySuppression 1 -Reason 'opt-out list'"; Count = '1..' }
        @{ Code = 'Remove-LoyaltySuppression 42'; Given = '$null = Add-LoyaltySuppression 42'; Count = 1; Holds = '$out[0].Removed -eq 1' }
        @{ Code = "Get-LoyaltySuppression -Reason 'opt-out list*' | Remove-LoyaltySuppression"; Given = "`$null = Add-LoyaltySuppression 1 -Reason 'opt-out list'"; Count = 1; Holds = '$out[0].Removed -ge 1' }

        # Users who ask
        @{ Code = 'Get-LoyaltyUser 42'; Count = 1; Holds = '$out[0].Master.EMAIL -in "***", $null', '$out[0].Versions.Count -ge 1' }
        @{ Code = '(Get-LoyaltyUser 42).Versions | ForEach-Object { [pscustomobject] $_ } | Format-Table VALID_*, ENGAGEMENT_SEGMENT'; Count = '1..' }
        @{ Code = '(Get-LoyaltyUser 42 -ShowPersonalData).Master.EMAIL'; Count = '0..1'; Holds = '@(Get-LoyaltyRun -Kind Show).Count -eq 1' }
        @{ Code = 'Remove-LoyaltyUser 42 -WhatIf'; Count = 1; Holds = '"$($out[0].Outcome)" -eq "Planned"', '$out[0].Rows -gt 0' }
        @{ Code = '(Remove-LoyaltyUser 42 -RemovalPath ./handover -Confirm:$false).Deliveries | Format-Table Consumer, RunDate, Manifest'; Count = '0..'; Holds = '(Test-Path ./handover)', '-not (Get-LoyaltyHistory 42 -ErrorAction Ignore)' }
        @{ Code = '42, 43 | Remove-LoyaltyUser -Release'; Given = '$null = Remove-LoyaltyUser 42 -Confirm:$false'; Count = 2; Holds = '($out.Outcome -join " ") -eq "Released NotErased"' }
        @{ Code = 'Remove-LoyaltyUser -Compact'; Count = 1 }
        @{ Code = 'Remove-LoyaltyUser 42 -RemovalPath ./handover -Confirm:$false'; Count = 1; Holds = '"$($out[0].Outcome)" -eq "Erased"' }
        @{ Code = 'Remove-LoyaltyUser 42 -Release -Confirm:$false'; Given = '$null = Remove-LoyaltyUser 42 -Confirm:$false'; Count = 1 }
        @{ Code = 'Export-LoyaltyUser 42 -Path ./access'; Count = 2; Files = 'access/user-42.json', 'access/user-42.html' }
        @{ Code = '42, 43 | Export-LoyaltyUser -Path ./access | Select-Object Name, Length'; Count = 4 }

        # Checks
        @{ Code = 'Test-PipelineIntegrity'; Count = '200..' }
        @{ Code = 'Test-PipelineIntegrity -Suite Sources -Table USER_PROFILE'; Holds = '-not $out.Where{ $_.Table -ne "DW_A.USER_PROFILE" }' }
        @{ Code = 'Test-PipelineIntegrity -Check *.unique'; Holds = '-not $out.Where{ $_.CheckId -notlike "*.unique" }' }
        @{ Code = 'Test-PipelineIntegrity -Suite Anomalies'; Holds = '-not $out.Where{ "$($_.Suite)" -ne "Anomalies" }' }
        @{ Code = 'Test-PipelineIntegrity -NotPassed'; Holds = '-not $out.Where{ $_.Status -in "Passed", "Skipped" }' }
        @{ Code = "if (Test-PipelineIntegrity -Quiet) { 'sound' }"; Count = 1; Holds = '$out[0] -eq "sound"' }
        @{ Code = 'Test-PipelineIntegrity -Check *.unique | Where-Object Status -ne Passed | Select-Object -ExpandProperty Sql'; Given = '$null = New-LoyaltySample -Users 300 -Days 120 -Dirty -Force'; Holds = '-not ($out -notmatch "SELECT")' }
        @{ Code = 'Test-PipelineIntegrity -FailOn Error -OutFile checks.junit.xml'; Count = '200..'; Files = 'checks.junit.xml'; Holds = '([xml] (Get-Content checks.junit.xml -Raw)).testsuites.failures -eq "0"' }

        # Deliveries
        @{ Code = 'Export-EngagementSegment Marketing -Destination ./drop -WhatIf'; Count = 1; Holds = '"$($out[0].Outcome)" -eq "Planned"', '$out[0].Rows -gt 0' }
        @{ Code = 'Export-EngagementSegment Marketing -Destination ./drop'; Count = 1; Files = 'drop/Marketing/HighlyEngaged/latest.json'; Holds = '"$($out[0].Outcome)" -eq "Published"' }
        @{ Code = 'Export-EngagementSegment Marketing -Destination s3://marketing-drop/loyalty'; Count = 1; Holds = '"$($out[0].Outcome)" -eq "Published"', '$out[0].Rows -gt 0' }
        @{ Code = 'Export-EngagementSegment Marketing -Destination s3://drop/loyalty'; Count = 1; Holds = '"$($out[0].Outcome)" -eq "Published"' }
        @{ Code = 'Export-EngagementSegment -Segment LowEngagement -Destination ./drop -Format Parquet -Compression Zstd -Column USER_ID, ENGAGEMENT_*'; Count = 1; Holds = '"$($out[0].Consumer)" -eq "AdHoc"', '@(Get-ChildItem ./drop/AdHoc -Recurse -Filter *.parquet).Count -eq 1' }
        @{ Code = 'Export-EngagementSegment GoogleAds'; Given = '"consumers: {GoogleAds: {segment: Highly Engaged, destination: ./ads, compression: None, columns: [USER_ID, EMAIL, PHONE], redaction: {hashing: Google, default_region: DE}}}" | Set-Content pipeline.yml'; Count = 1; Holds = '(Import-Csv (Get-ChildItem ./ads -Recurse -Filter part-*.csv)[0])[0].PHONE -match "^[0-9a-f]{64}$"' }
        @{ Code = 'Export-EngagementSegment CustomerSuccess -Mode Diff'; Given = '$full = Export-EngagementSegment CustomerSuccess; $null = Invoke-LoyaltyMerge -RunDate 2026-06-30'; Count = 1; Holds = '$out[0].BaseDeliveryId -eq $full.DeliveryId', '"$($out[0].Mode)" -eq "Diff"', '$out[0].Rows -gt 0' }
        @{ Code = 'Get-SegmentDelivery Marketing -Last 5'; Holds = '-not $out.Where{ $_.Consumer -ne "Marketing" }' }
        @{ Code = 'Get-SegmentDelivery -Last 1 | Test-SegmentDelivery'; Count = '5..'; Holds = '-not $out.Where{ -not $_.Passed }' }
        @{ Code = 'Get-SegmentDelivery Marketing -Last 1 | Test-SegmentDelivery'; Count = '5..'; Holds = '-not $out.Where{ -not $_.Passed }' }
        @{ Code = 'Get-SegmentDelivery -Status Published -Last 3 | Test-SegmentDelivery | Where-Object { -not $_.Passed }'; Given = '$null = Export-EngagementSegment Marketing', 'Get-ChildItem ./drop/Marketing/HighlyEngaged/run_date=2026-06-29 -Recurse -Filter part-*.gz | Add-Content -Value x'; Holds = '$out.Check -contains "Size"' }
        @{ Code = 'Test-SegmentDelivery s3://marketing-drop/loyalty/Marketing/HighlyEngaged/latest.json'; Given = '$null = Export-EngagementSegment Marketing -Destination s3://marketing-drop/loyalty'; Count = '5..'; Holds = '-not $out.Where{ -not $_.Passed }' }
        @{ Code = 'Clear-SegmentDelivery Marketing -OlderThan 2026-06-01 -WhatIf'; Given = '$null = Invoke-LoyaltyMerge -RunDate 2026-06-30; $null = Export-EngagementSegment Marketing', '$old = (Get-ChildItem ./drop/Marketing/HighlyEngaged/run_date=2026-06-28 -Recurse -Filter manifest.json).FullName; (Get-Content $old -Raw) -replace ''("created_at": ")[0-9]{4}-[0-9]{2}-[0-9]{2}'', ''${1}2026-05-30'' | Set-Content $old'; Count = 1; Holds = '-not $out[0].Removed', 'Test-Path $old' }
        @{ Code = 'Clear-SegmentDelivery Marketing -Destination s3://marketing-drop/loyalty -OlderThan ([DateTime]::UtcNow.AddDays(-90)) -Confirm:$false'; Given = '$null = Export-EngagementSegment Marketing -Destination s3://marketing-drop/loyalty'; Count = 0 }

        # Extracts and dashboards
        @{ Code = 'Export-LoyaltyExtract FEATURE_ADOPTION_BY_REGION -Path adoption.parquet'; Count = 1; Files = 'adoption.parquet', 'adoption.json' }
        @{ Code = 'Export-LoyaltyExtract FEATURE_ADOPTION_BY_REGION -Path ./bi/adoption.parquet'; Count = 1; Files = 'bi/adoption.parquet', 'bi/adoption.json' }
        @{ Code = 'Export-LoyaltyExtract FEATURE_ADOPTION_BY_REGION -Path ./bi/adoption.csv'; Count = 1; Files = 'bi/adoption.csv'; Holds = '@(Import-Csv ./bi/adoption.csv).Count -gt 100' }
        @{ Code = 'Export-LoyaltyExtract ENGAGEMENT_BY_REGION -Path engagement.parquet'; Count = 1; Files = 'engagement.parquet', 'engagement.json' }
        @{ Code = "'ENGAGEMENT_BY_REGION', 'SEGMENT_TREND' | Export-LoyaltyExtract -Destination s3://bi-drop/loyalty -Format Csv"; Count = 2 }
        @{ Code = 'Export-PipelineDashboard dashboard.html'; Count = 1; Files = 'dashboard.html' }
        @{ Code = 'Export-PipelineDashboard dashboard.html -Days 400 -Destination s3://reports/loyalty'; Count = 1; Files = 'dashboard.html' }

        # Scripts under other names
        @{ Code = 'Protect-LoyaltyScript ./sql -Destination ./public -Map ./private/names.csv -Verify'; Given = 'Copy-Item (Join-Path (Get-Module LoyaltyPipeline)[0].ModuleBase sql) ./sql -Recurse', 'Set-Content ./pipeline.yml "guards: { deletes: 12% }"'; Count = 8; Files = 'public/catalog.yml', 'private/names.csv'; Holds = '-not $out.Where{ -not $_.Verified }' }
        @{ Code = 'Protect-LoyaltyScript ./sql, ./pipeline.yml -Destination ./public -Map ./private/names.csv -Runnable -Name Contoso -Keep country*'; Given = 'Copy-Item (Join-Path (Get-Module LoyaltyPipeline)[0].ModuleBase sql) ./sql -Recurse', 'Set-Content ./pipeline.yml "guards: { deletes: 12% }"'; Count = 9; Files = 'public/Master_Table.sql' }
        @{ Code = 'Protect-LoyaltyScript ./public -Map ./private/names.csv -Verify'; Given = 'Copy-Item (Join-Path (Get-Module LoyaltyPipeline)[0].ModuleBase sql) ./sql -Recurse', 'Set-Content ./pipeline.yml "guards: { deletes: 12% }"', '$null = Protect-LoyaltyScript ./sql -Destination ./public -Map ./private/names.csv'; Count = 8; Holds = '-not $out.Where{ -not $_.Verified }' }
        @{ Code = 'Protect-LoyaltyScript ./public -Restore -Destination ./again -Map ./private/names.csv'; Given = 'Copy-Item (Join-Path (Get-Module LoyaltyPipeline)[0].ModuleBase sql) ./sql -Recurse', 'Set-Content ./pipeline.yml "guards: { deletes: 12% }"', '$null = Protect-LoyaltyScript ./sql -Destination ./public -Map ./private/names.csv'; Count = 8; Files = 'again/Master_Table.sql' }

        # Daily.ps1
        @{ Code = './module/pipelines/Daily.ps1 -Warehouse /data/loyalty.duckdb -Config /data/pipeline.yml -Landing /data/landing -LockTimeout 00:30:00'; Given = 'Disconnect-LoyaltyWarehouse; Remove-Item ./loyalty.duckdb; $w = Connect-LoyaltyWarehouse ./loyalty.duckdb; $null = Initialize-LoyaltyWarehouse -IncludeSources; $null = New-LoyaltySample ./landing -Users 300 -Days 60 -LastDay ([datetime]::UtcNow.Date) -Force; Disconnect-LoyaltyWarehouse'; Holds = '$LASTEXITCODE -eq 0', '$out[-1] -like "*; delivered to 2 of 2 consumers"', 'Test-Path ./drop/CustomerSuccess/LowEngagement/latest.json' }
        @{ Code = './module/pipelines/Daily.ps1 @job'; Given = 'Disconnect-LoyaltyWarehouse; Remove-Item ./loyalty.duckdb; $w = Connect-LoyaltyWarehouse ./loyalty.duckdb; $null = Initialize-LoyaltyWarehouse -IncludeSources; $null = New-LoyaltySample ./landing -Users 300 -Days 60 -LastDay ([datetime]::UtcNow.Date) -Force; Disconnect-LoyaltyWarehouse'; Holds = '$LASTEXITCODE -eq 0', '$out[-1] -like "*; delivered to 2 of 2 consumers"' }
        @{ Code = './module/pipelines/Daily.ps1 -Warehouse /data/loyalty.duckdb -Config /data/pipeline.yml -Dashboard /data/dashboard.html'; Given = 'Disconnect-LoyaltyWarehouse; Remove-Item ./loyalty.duckdb; $w = Connect-LoyaltyWarehouse ./loyalty.duckdb; $null = Initialize-LoyaltyWarehouse -IncludeSources; $null = New-LoyaltySample ./landing -Users 300 -Days 60 -LastDay ([datetime]::UtcNow.Date) -Force; $null = Import-LoyaltySource ./landing; Disconnect-LoyaltyWarehouse'; Files = 'dashboard.html'; Holds = '$LASTEXITCODE -eq 0', '$out[-1] -like "*; delivered to 2 of 2 consumers"' }
        @{ Code = './module/pipelines/Daily.ps1 -Warehouse /data/loyalty.duckdb -Config /data/pipeline.yml -LogPath /data/logs -Json'; Given = 'Disconnect-LoyaltyWarehouse; Remove-Item ./loyalty.duckdb; $w = Connect-LoyaltyWarehouse ./loyalty.duckdb; $null = Initialize-LoyaltyWarehouse -IncludeSources; $null = New-LoyaltySample ./landing -Users 300 -Days 60 -LastDay ([datetime]::UtcNow.Date) -Force; $null = Import-LoyaltySource ./landing; Disconnect-LoyaltyWarehouse'; Holds = '$LASTEXITCODE -eq 0', '($out[-1] | ConvertFrom-Json).outcome -eq "Sound"', '(Get-ChildItem logs).Count -eq 2' }
        @{ Code = './module/pipelines/Daily.ps1 -Consumer @() -OutFile checks.junit.xml'; Given = 'Disconnect-LoyaltyWarehouse; Remove-Item ./loyalty.duckdb; $w = Connect-LoyaltyWarehouse ./loyalty.duckdb; $null = Initialize-LoyaltyWarehouse -IncludeSources; $null = New-LoyaltySample ./landing -Users 300 -Days 60 -LastDay ([datetime]::UtcNow.Date) -Force; $null = Import-LoyaltySource ./landing'; Files = 'checks.junit.xml'; Holds = '$LASTEXITCODE -eq 0', '$out[-1] -like "*; delivered to 0 of 0 consumers"' }
    )
}
