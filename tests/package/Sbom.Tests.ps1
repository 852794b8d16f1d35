# The bill of materials says what is shipped, and the same each time.

BeforeAll {
    $repository = (Resolve-Path "$PSScriptRoot/../..").ProviderPath
    $maker = Join-Path $repository src Package New-Sbom.ps1
    $path = & $maker -Root $repository -Destination "$TestDrive/one" -Version 1.2.3-beta.4
    $bill = Get-Content $path -Raw | ConvertFrom-Json
}

Describe 'The bill of materials' {
    It 'names the module and its version' {
        $bill.bomFormat, $bill.metadata.component.name, $bill.metadata.component.version | Should -Be 'CycloneDX', 'LoyaltyPipeline', '1.2.3-beta.4'
    }

    It 'has every library that is shipped, with version, hash and licence' {
        $libraries = (Get-Content (Join-Path $repository module deps LoyaltyPipeline.Core.deps.json) -Raw | ConvertFrom-Json -AsHashtable).libraries
        $shipped = $libraries.Keys.Where{ $libraries[$_].type -eq 'package' }
        $shipped.Count | Should -BeGreaterThan 10
        "$($bill.components.ForEach{ "$($_.name)/$($_.version)" } | Sort-Object)" | Should -Be "$($shipped + $bill.components.Where{ $_.name -eq 'Vizor.ECharts' }.ForEach{ "$($_.name)/$($_.version)" } | Sort-Object)"
        $bill.components.Where{ -not $_.licenses -or -not $_.hashes }.name | Should -BeNullOrEmpty
    }

    It 'comes with the licences of all of them' {
        $notices = Get-Content "$TestDrive/one/THIRD-PARTY-NOTICES.txt" -Raw
        foreach ($component in $bill.components) { $notices | Should -BeLike "*`n$($component.name) $($component.version)`nLicence: *" }
    }

    It 'has the same bytes each time' {
        $null = & $maker -Root $repository -Destination "$TestDrive/two" -Version 1.2.3-beta.4
        foreach ($name in 'bom.json', 'THIRD-PARTY-NOTICES.txt') { (Get-FileHash "$TestDrive/two/$name").Hash | Should -Be (Get-FileHash "$TestDrive/one/$name").Hash }
    }
}
