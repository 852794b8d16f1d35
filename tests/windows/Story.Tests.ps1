# What the module gives in Windows is what it gives on the system that runs the tests.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    $story = Join-Path $here story
    & (Join-Path $PSScriptRoot Story.ps1) $manifest $story
    $facts = Get-Content -Raw -LiteralPath (Join-Path $story facts.json) | ConvertFrom-Json
    $expected = Get-Content -Raw -LiteralPath (Join-Path $reference facts.json) | ConvertFrom-Json

    # Names relative to a folder, without the ids of deliveries, and the files.
    function Get-FileByName([string] $Folder) {
        $found = [ordered]@{}
        foreach ($file in Get-ChildItem -LiteralPath $Folder -Recurse -File -Force | Sort-Object FullName) {
            $found[([System.IO.Path]::GetRelativePath($Folder, $file.FullName).Replace('\', '/') -replace '/[0-9a-f]{20}/', '/<id>/')] = $file.FullName
        }

        $found
    }

    # The bytes of a file as hexadecimal digits; of a gzip without the one that says which system made it.
    function Get-Bytes([string] $Path) {
        $bytes = [System.IO.File]::ReadAllBytes($Path)
        if ($Path -like '*.gz') { $bytes[9] = 255 }
        [System.Convert]::ToHexString($bytes)
    }
}

Describe 'In Windows' {
    It 'DuckDB is the one for Windows, from the module' {
        $IsWindows | Should -BeTrue
        $native = (Get-Process -Id $PID).Modules.Where{ $_.ModuleName -eq 'duckdb.dll' }
        $native.FileName | Should -BeLike "$package\module\deps\runtimes\win-*\native\duckdb.dll"
    }

    It 'is the same as elsewhere: <_>' -TestCases Imports, Merge, Segments, Checks, Deliveries, Again, Verified, Extract {
        $expected.$_ | Should -Not -BeNullOrEmpty
        $facts.$_ | Should -Be $expected.$_
    }

    It 'every check passes or has nothing to look at, and every delivery is as its manifest says' {
        $facts.Checks | Should -Match ' (Passed|Skipped)$'
        $facts.Verified | Should -Match ' True$'
        $facts.Verified.Count | Should -BeGreaterThan 20
    }

    It 'a sample is the same bytes' {
        $ours = Get-FileByName (Join-Path $story landing)
        $theirs = Get-FileByName (Join-Path $reference landing)
        $ours.Keys | Should -Be $theirs.Keys
        $ours.Count | Should -Be $expected.Imports.Count
        foreach ($name in $ours.Keys) { Get-Bytes $ours[$name] | Should -Be (Get-Bytes $theirs[$name]) -Because $name }
    }

    It 'the files of deliveries are the same bytes but for the system in the head of a gzip' {
        $ours = Get-FileByName (Join-Path $story drop)
        $theirs = Get-FileByName (Join-Path $reference drop)
        $ours.Keys | Should -Be $theirs.Keys
        $parts = @($ours.Keys -like '*/part-*')
        $parts | Should -Match '\.(csv\.gz|jsonl|parquet)$'
        $parts.Count | Should -Be 3
        foreach ($name in $parts) { Get-Bytes $ours[$name] | Should -Be (Get-Bytes $theirs[$name]) -Because $name }
    }

    It 'texts beside them differ in ids, times and hashes of gzips alone: <_>' -TestCases drop, regions.json, regions.csv {
        function Get-Plain([string] $Path) {
            [System.IO.File]::ReadAllText($Path) -replace '"(delivery_id|run_id|created_at)": "[^"]+"', '"$1": "…"' -replace '"manifest_sha256": "[^"]+"' -replace '/[0-9a-f]{20}/', '/<id>/' -replace '(csv\.gz",\s+"rows": \d+,\s+"bytes": \d+,\s+"sha256": )"[^"]+"', '$1"…"'
        }

        $texts = $_ -eq 'drop' ? @((Get-FileByName (Join-Path $story drop)).GetEnumerator().Where{ $_.Key -like '*.json' }.Value) : @(Join-Path $story $_)
        $others = $_ -eq 'drop' ? @((Get-FileByName (Join-Path $reference drop)).GetEnumerator().Where{ $_.Key -like '*.json' }.Value) : @(Join-Path $reference $_)
        $texts.Count | Should -Be ($_ -eq 'drop' ? 6 : 1)
        for ($i = 0; $i -lt $texts.Count; $i++) { Get-Plain $texts[$i] | Should -BeExactly (Get-Plain $others[$i]) -Because $texts[$i] }
    }

    It 'paths in results are as Windows writes them' {
        $facts.Manifests | Should -Match '^[A-Z]:\\[^/]+\\run_date=[^/]+\\manifest\.json$'
        $facts.Manifests | Should -Exist
    }

    It 'a dashboard has the users' {
        $page = [System.IO.File]::ReadAllText((Join-Path $story dashboard.html))
        $page | Should -BeLike '<!DOCTYPE html>*</html>*'
        $page.Length | Should -BeGreaterThan 500000
    }
}

Describe 'A warehouse that was written elsewhere' {
    BeforeAll {
        $moved = Join-Path $here moved
        Copy-Item -LiteralPath $reference $moved -Recurse
        Push-Location -LiteralPath $moved
        $null = Connect-LoyaltyWarehouse warehouse.duckdb
    }

    AfterAll {
        Disconnect-LoyaltyWarehouse
        Pop-Location
    }

    It 'is read, and what was delivered from it is found' {
        @(Get-LoyaltyRun -Kind Merge).Status | Should -Be Succeeded
        foreach ($name in 'Marketing', 'CustomerSuccess', 'Analysts') { (Export-EngagementSegment $name).Outcome | Should -Be AlreadyThere }
    }

    It 'gives the same manifest once more' {
        $delivery = Export-EngagementSegment CustomerSuccess -Destination again
        $relative = 'CustomerSuccess/LowEngagement/run_date=2026-06-30', $delivery.DeliveryId, 'part-00001.jsonl'
        Get-Bytes (Join-Path $moved again @relative) | Should -Be (Get-Bytes (Join-Path $moved drop @relative))
    }

    It 'goes on with the next day' {
        (Invoke-LoyaltyMerge 2026-07-01 -Force -WarningAction Ignore).Outcome | Should -Be Written
        @(Get-LoyaltyHistory -AsOf 2026-06-30).Count | Should -Be 200
    }
}
