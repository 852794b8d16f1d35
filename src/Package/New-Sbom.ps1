<#
.SYNOPSIS
    Writes the bill of materials of what is shipped, as CycloneDX describes it, and the licences of it beside the bill.
.DESCRIPTION
    It says the same each time: neither when it was made nor a number of its own. The bundle of charts is shipped in Core, which is why its package is
    no dependency.
.OUTPUTS
    The path of the bill.
#>
[CmdletBinding()]
[OutputType([string])]
param(
    # The folder of the repository, which was built.
    [Parameter(Mandatory)] [string] $Root,

    # The folder that bill and licences go to; what is in it goes.
    [Parameter(Mandatory)] [string] $Destination,

    # The version of the module.
    [Parameter(Mandatory)] [string] $Version,

    # Whether the Snowflake driver is shipped too.
    [switch] $WithSnowflake
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0

function Invoke-Dotnet {
    $output = & dotnet @args 2>&1
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args -join ' ') failed with exit code $LASTEXITCODE`: $($output -join "`n")" }
    $output
}

# Where the package source does not hold the tool, packages can be made without a bill.
function Assert-Tool {
    $output = & dotnet tool restore 2>&1
    # Where no manifest names tools, to restore none has gone well.
    if ($LASTEXITCODE -eq 0) { $output = & dotnet tool run dotnet-CycloneDX -- --version 2>&1 }
    if ($LASTEXITCODE -ne 0) {
        throw "The tool CycloneDX cannot be had: $(@($output)[0]) Use another package source, or -WithoutSbom for a package without bill of materials."
    }
}

# What a project is made of, as CycloneDX sees it.
function Get-Bill([string] $Project) {
    $options = '--no-serial-number', '--disable-package-restore', '--set-name', 'LoyaltyPipeline', '--set-version', $Version, '--set-type', 'Library'
    $null = Invoke-Dotnet tool run dotnet-CycloneDX -- (Join-Path $Root src $Project "$Project.csproj") -o $Destination -fn bom.json -F Json @options
    Get-Content -LiteralPath (Join-Path $Destination bom.json) -Raw | ConvertFrom-Json -AsHashtable -DateKind String
}

function Get-ShippedBill {
    $bill = Get-Bill LoyaltyPipeline.Core
    if ($WithSnowflake) {
        $driver = Get-Bill LoyaltyPipeline.Snowflake
        $bill.components = @($bill.components) + @($driver.components) | Sort-Object { $_.'bom-ref' } -Unique
        $bill.dependencies = @($bill.dependencies) + @($driver.dependencies) | Sort-Object { $_.ref } -Unique
    }
    $bill.metadata.Remove('timestamp')
    $bill.components = @($bill.components | Where-Object { $_.scope -eq 'required' -or $_.name -eq 'Vizor.ECharts' })
    foreach ($component in $bill.components) { $component.scope = 'required' }
    $shipped = @($bill.metadata.component.'bom-ref') + @($bill.components.'bom-ref')
    $bill.dependencies = @($bill.dependencies | Where-Object { $_.ref -cin $shipped })
    foreach ($dependency in $bill.dependencies | Where-Object { $_.ContainsKey('dependsOn') }) {
        $dependency.dependsOn = @($dependency.dependsOn | Where-Object { $_ -cin $shipped })
    }
    $bill
}

if (Test-Path -LiteralPath $Destination) { Remove-Item -LiteralPath $Destination -Recurse -Force }
Push-Location -LiteralPath $Root
try {
    Assert-Tool
    $bill = Get-ShippedBill
    $path = Join-Path $Destination bom.json
    [System.IO.File]::WriteAllText($path, (ConvertTo-Json $bill -Depth 20).ReplaceLineEndings("`n"))
    $packages = "$(Invoke-Dotnet nuget locals global-packages --list)" -replace '^global-packages:\s*'
    & (Join-Path $PSScriptRoot New-Notices.ps1) -Sbom $path -Packages $packages -Path (Join-Path $Destination THIRD-PARTY-NOTICES.txt)
    $path
}
finally {
    Pop-Location
}
