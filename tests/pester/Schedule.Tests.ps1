# Register-, Get-, Test- and Unregister-LoyaltyTask: what a script writer sees. That a real cron runs what was registered, C# tests say; here nothing is registered.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    $daily = Join-Path (Split-Path $manifest) module/pipelines/Daily.ps1
    Push-Location $TestDrive
    $null = Open-Warehouse Empty $TestDrive
    Disconnect-LoyaltyWarehouse
    $job = @{ Name = 'Daily'; Schedule = '0 4 * * *'; Warehouse = './w.duckdb' }
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'Register-LoyaltyTask -AsDefinition' {
    It 'prints a definition of every kind on every system: <Kind>' -TestCases @(
        @{ Kind = 'Cron'; Pattern = '(?m)^0 4 \* \* \* cd / && ' }
        @{ Kind = 'Systemd'; Pattern = '(?m)^OnCalendar=\*-\*-\* 04:00:00$' }
        @{ Kind = 'TaskScheduler'; Pattern = '<StartBoundary>2020-01-01T04:00:00</StartBoundary>' }
    ) {
        $text = Register-LoyaltyTask @job -Kind $Kind -AsDefinition
        $text | Should -BeOfType [string]
        $text | Should -Match $Pattern
        $text | Should -Match ([regex]::Escape('-NonInteractive'))
    }

    It 'writes paths in full, and starts this PowerShell and this module' -Skip:$IsWindows {
        Set-Content pipeline.yml "guards:`n  stale_sources: false"
        $text = Register-LoyaltyTask @job -Kind Systemd -AsDefinition -Landing landing, 'in*' -Dashboard d.html -OutFile c.json -Consumer Marketing, CustomerSuccess -LockTimeout 90
        Remove-Item pipeline.yml
        $here = (Get-Location).ProviderPath
        $text | Should -Match ([regex]::Escape("`"-File`" `"$daily`" `"-Warehouse`" `"$here/w.duckdb`" `"-Config`" `"$here/pipeline.yml`" `"-Landing`" `"$here/landing,$here/in*`" `"-Consumer`" `"Marketing,CustomerSuccess`" `"-OutFile`" `"$here/c.json`" `"-Dashboard`" `"$here/d.html`" `"-LockTimeout`" `"00:01:30`""))
        $text | Should -Match ([regex]::Escape($PSHOME))
    }

    It 'takes the connected warehouse, and says where there is none' -Skip:$IsWindows {
        $null = Connect-LoyaltyWarehouse ./w.duckdb -MustExist
        Register-LoyaltyTask Daily '0 4 * * *' -Kind Cron -AsDefinition -WarningVariable said | Should -Match '-Warehouse [^ ]*/w\.duckdb'
        $said | Should -BeNullOrEmpty
        Disconnect-LoyaltyWarehouse
        Register-LoyaltyTask Daily '0 4 * * *' -Kind Cron -AsDefinition -WarningVariable said 3> $null | Should -Not -Match '-Warehouse'
        "$said" | Should -BeLike '*LOYALTY_WAREHOUSE*'
    }

    It 'takes paths of another system as they stand' -Skip:$IsWindows {
        $text = Register-LoyaltyTask Daily '0 4 * * *' -Kind TaskScheduler -AsDefinition -Warehouse 'D:\a b\w.duckdb' -PowerShell 'C:\x\pwsh.exe' -ScriptPath '\\server\m\Daily.ps1'
        ([xml] $text).Task.Actions.Exec.Command | Should -Be 'C:\x\pwsh.exe'
        ([xml] $text).Task.Actions.Exec.Arguments | Should -Be '-NoProfile -NonInteractive -ExecutionPolicy RemoteSigned -File \\server\m\Daily.ps1 -Warehouse "D:\a b\w.duckdb"'
    }

    It 'hands on further parameters of Daily.ps1, and no others' {
        Register-LoyaltyTask @job -Kind Systemd -AsDefinition -Parameter @{ SelfCheck = $true } | Should -Match '"-SelfCheck"'
        Register-LoyaltyTask @job -Kind Systemd -AsDefinition -Parameter @{ SelfCheck = $false } | Should -Not -Match 'SelfCheck'
        { Register-LoyaltyTask @job -AsDefinition -Parameter @{ Shoe = 43 } } | Should -Throw '*no parameter Shoe*' -ErrorId 'TaskInvalid,*'
        { Register-LoyaltyTask @job -AsDefinition -Parameter @{ Config = 'x' } } | Should -Throw -ErrorId 'TaskInvalid,*'
        { Register-LoyaltyTask @job -AsDefinition -Parameter @{ Json = 'x' } } | Should -Throw '*Json is a switch*' -ErrorId 'TaskInvalid,*'
        { Register-LoyaltyTask @job -AsDefinition -Parameter @{ RunDate = $true } } | Should -Throw '*RunDate takes a value*' -ErrorId 'TaskInvalid,*'
        { Register-LoyaltyTask @job -AsDefinition -Parameter @{ LogPath = '' } } | Should -Throw '*empty text*' -ErrorId 'TaskInvalid,*'
    }

    It 'refuses what cannot be: <Id>, <With>' -TestCases @(
        @{ Id = 'ScheduleInvalid'; With = @{ Schedule = 'daily' } }
        @{ Id = 'TaskInvalid'; With = @{ Name = '../x' } }
        @{ Id = 'TaskInvalid'; With = @{ Consumer = "a`nb" } }
        @{ Id = 'TaskInvalid'; With = @{ Consumer = 'password=hunter2' } }
        @{ Id = 'TaskInvalid'; With = @{ Kind = 'TaskScheduler'; Account = "a`e" } }
        @{ Id = 'TaskInvalid'; With = @{ Warehouse = ':memory:' } }
        @{ Id = 'TaskUnsupported'; With = @{ Kind = 'Cron'; RetryCount = 2 } }
        @{ Id = 'TaskUnsupported'; With = @{ Kind = 'Cron'; TimeZone = 'Utc' } }
        @{ Id = 'TaskUnsupported'; With = @{ Kind = 'TaskScheduler'; EnvironmentFile = '/etc/x' } }
    ) {
        $call = $job.Clone()
        foreach ($key in $With.Keys) { $call[$key] = $With[$key] }
        { Register-LoyaltyTask @call -AsDefinition } | Should -Throw -ErrorId "$Id,*"
    }
}

Describe 'Jobs of this machine' {
    It 'that start elsewhere are not registered here' -Skip:$IsWindows {
        { Register-LoyaltyTask @job -Kind TaskScheduler } | Should -Throw -ErrorId 'TaskUnsupported,*'
    }

    It 'that are not there are an error by their name, and none by a pattern' {
        Get-LoyaltyTask no-such-job -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'TaskNotFound,*'
        Get-LoyaltyTask no-such-* | Should -BeNullOrEmpty
        Unregister-LoyaltyTask no-such-* | Should -BeNullOrEmpty
        Test-LoyaltyTask no-such-* -Quiet | Should -BeFalse
    }

    It 'have an event log in Windows alone' -Skip:$IsWindows {
        { Register-LoyaltyTask @job -EventSource } | Should -Throw -ErrorId 'TaskUnsupported,*'
    }
}

Describe 'Daily.ps1 -SelfCheck' {
    BeforeAll {
        Set-Content daily.yml "consumers: {Marketing: {destination: '$TestDrive/drop'}, CustomerSuccess: {destination: '$TestDrive/drop'}}"
        $null = New-Item landing -ItemType Directory
        $check = @{ Warehouse = Join-Path $TestDrive w.duckdb; Config = Join-Path $TestDrive daily.yml; SelfCheck = $true }
    }

    It 'ends with 0 and has changed nothing' {
        $before = (Get-ChildItem -Recurse -File).ForEach{ "$($_.FullName) $((Get-FileHash $_).Hash) $($_.LastWriteTimeUtc.Ticks)" }
        $said = @(& $daily @check -Landing landing, 'landing/*.csv' -Dashboard (Join-Path $TestDrive d.html) -OutFile c.json)
        $LASTEXITCODE | Should -Be 0
        "$($said[-1])" | Should -BeLike '*ready to run and to deliver to 2 consumers'
        (Get-ChildItem -Recurse -File).ForEach{ "$($_.FullName) $((Get-FileHash $_).Hash) $($_.LastWriteTimeUtc.Ticks)" } | Should -Be $before
    }

    It 'ends with 1 where <Where>' -TestCases @(
        @{ Where = 'a landing folder is gone'; With = @{ Landing = 'nowhere' } }
        @{ Where = 'the folder of a pattern is gone'; With = @{ Landing = 'nowhere/*.csv' } }
        @{ Where = 'there is no configuration'; With = @{ Config = 'no.yml' } }
        @{ Where = 'there is no warehouse'; With = @{ Warehouse = 'no.duckdb' } }
        @{ Where = 'a consumer is not known'; With = @{ Consumer = 'Sales' } }
        @{ Where = 'the dashboard cannot be there'; With = @{ Dashboard = 'nowhere/d.html' } }
    ) {
        $call = $check.Clone()
        foreach ($key in $With.Keys) { $call[$key] = $With[$key] }
        & $daily @call -ErrorVariable failed -ErrorAction SilentlyContinue 2> $null
        $LASTEXITCODE | Should -Be 1
    }
}
