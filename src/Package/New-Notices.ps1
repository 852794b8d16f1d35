<#
.SYNOPSIS
    Writes the licences of the libraries that the module ships into one file, from their packages.
.DESCRIPTION
    The bill of materials says which packages those are. Of each the file has name, version, licence and copyright, and the texts that the
    package holds. Most name a licence and hold no text of it: those stand at the end, from the folder licences.
#>
[CmdletBinding()]
param(
    # The bill of materials, a CycloneDX document.
    [Parameter(Mandatory)] [string] $Sbom,

    # The folder with the packages.
    [Parameter(Mandatory)] [string] $Packages,

    # The file that is made.
    [Parameter(Mandatory)] [string] $Path
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0

function Get-Licence($Component) {
    $names = @($Component.licenses | ForEach-Object { $_.ContainsKey('expression') ? $_.expression : $_.license.ContainsKey('id') ? $_.license.id : $_.license.name })
    if (-not $names) { throw "The package $($Component.name) $($Component.version) does not say its licence." }
    $names -join ' or '
}

$components = (Get-Content -LiteralPath $Sbom -Raw | ConvertFrom-Json -AsHashtable).components
$named = @($components | ForEach-Object { (Get-Licence $_) -split ' or ' } | Sort-Object -Unique)
$texts = @(foreach ($component in $components) {
    $folder = Join-Path $Packages $component.name.ToLowerInvariant() $component.version
    $copyright = $component.ContainsKey('copyright') ? "`n$($component.copyright)" : ''
    $held = Get-ChildItem -LiteralPath $folder -File | Where-Object Name -Match '(?i)^(licen[cs]e|notice|third)' | Sort-Object Name |
        ForEach-Object { "`n`n--- $($_.Name)`n$([System.IO.File]::ReadAllText($_.FullName).ReplaceLineEndings("`n").Trim())" }
    "$($component.name) $($component.version)`nLicence: $(Get-Licence $component)$copyright$(@($held) -join '')"
}) + @(foreach ($name in $named) {
    # Of a choice one is enough.
    $file = Join-Path $PSScriptRoot licences "$name.txt"
    if (Test-Path -LiteralPath $file) { "$name`n`n$([System.IO.File]::ReadAllText($file).ReplaceLineEndings("`n").TrimEnd())" }
    elseif ($name -cne 'MS-PL') { throw "There is no text of the licence $name in src/Package/licences." }
})
$line = "`n`n$('=' * 80)`n`n"
[System.IO.File]::WriteAllText($Path, "LoyaltyPipeline ships these libraries, each under its own licence.$line$($texts -join $line)`n")
