<#
.SYNOPSIS
    Makes the packages of the built module: a folder to import, and .nupkg files that Install-PSResource takes from a repository.
.DESCRIPTION
    ./build.ps1 Package builds and calls it. The same sources give the same bytes: entries are in order, and have one time.

    Left out is what only debuggers need: debug symbols (.pdb), and the tables of symbols of the libraries for Linux. What is left is there because

    - DuckDB is one native library for each system, which is nearly all of the size. The package for all systems has five; that of
      -Runtime has one, and of macOS, whose library holds the code of both processors, only the half of that processor.
      What is loaded of a library is as its maker built it.
    - module/deps holds Core and the libraries that it loads in a context of its own.
    - sql holds what tables, columns and Master are; module/schemas what reports and deliveries look like; module/en-US the help.
.OUTPUTS
    The folder and each package, with their sizes.
#>
[CmdletBinding()]
param(
    # The folder of the repository, with the built module in it.
    [Parameter(Mandatory)] [string] $Root,

    # Where the packages go.
    [Parameter(Mandatory)] [string] $Destination,

    # The version, as of semver.org.
    [Parameter(Mandatory)] [string] $Version,

    # Systems that get a package of their own: win-x64, win-arm64, linux-x64, linux-arm64, osx-x64, osx-arm64; * for all of them.
    [string[]] $Runtime = @(),

    # Only the packages of -Runtime.
    [switch] $RuntimeOnly,

    # The bill of materials, a CycloneDX document, with THIRD-PARTY-NOTICES.txt beside it; none where it is not given.
    [string] $Sbom,

    # The page of the project; none where it is not given.
    [string] $ProjectUri,

    # The place of updatable help; none where it is not given.
    [string] $HelpInfoUri
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0
$limit = 30MB
# The first that a zip file can say.
$time = [System.DateTimeOffset]::new(1980, 1, 1, 0, 0, 0, [timespan]::Zero)

# A manifest takes letters and digits behind the three numbers. Numbers keep their order as text when they are equally long.
function Get-ManifestVersion {
    if ($Version -notmatch '^(?<number>\d+\.\d+\.\d+)(-(?<label>[0-9A-Za-z.-]+))?(\+.*)?$') { throw "'$Version' is no version as of semver.org." }
    $parts = $Matches.Clone()
    $label = @("$($parts['label'])" -split '[.-]' | ForEach-Object { $_ -match '^\d+$' ? $_.PadLeft(4, '0') : $_ }) -join ''
    [pscustomobject]@{ Number = $parts.number; Label = $label; Full = $label ? "$($parts.number)-$label" : $parts.number }
}

# What the changelog says of the version, or of what is to be released.
function Get-ReleaseNote {
    $text = [System.IO.File]::ReadAllText((Join-Path $Root CHANGELOG.md))
    foreach ($heading in [regex]::Escape($manifestVersion.Number), 'Unreleased') {
        if ($text -notmatch "(?ms)^## \[$heading\][^\n]*\n(?<notes>.*?)(?=^## |\z)") { continue }
        $notes = $Matches.notes.Trim().ReplaceLineEndings("`n")
        # Repositories take no more than some 30,000 characters.
        return $notes.Length -le 10000 ? $notes : "$($notes.Substring(0, $notes.LastIndexOf("`n", 10000)))`n`nCHANGELOG.md in the module tells the rest."
    }
    ''
}

function ConvertTo-Literal([string] $Text) { "'$($Text.Replace("'", "''"))'" }

function Set-Manifest([string] $Path) {
    $text = [System.IO.File]::ReadAllText($Path)
    $entries = [ordered]@{ LicenseUri = 'https://licenses.nuget.org/MIT'; ReleaseNotes = $releaseNotes }
    if ($ProjectUri) { $entries.ProjectUri = $ProjectUri }
    if ($manifestVersion.Label) { $entries.Prerelease = $manifestVersion.Label }
    $data = @($entries.Keys | ForEach-Object { "            $_ = $(ConvertTo-Literal $entries[$_])`n" }) -join ''
    $text = [regex]::Replace($text, "(?m)^(\s*ModuleVersion\s*=\s*)'[^']*'", { param($m) "$($m.Groups[1].Value)'$($manifestVersion.Number)'" })
    $text = [regex]::Replace($text, '(?m)^(\s*PSData = @\{\r?\n)', { param($m) $m.Groups[1].Value + $data })
    if ($HelpInfoUri) { $text = [regex]::Replace($text, '(?m)^(?=\s*PrivateData\s*=)', { "    HelpInfoURI          = $(ConvertTo-Literal $HelpInfoUri)`n" }) }
    [System.IO.File]::WriteAllText($Path, $text)
    $null = Test-ModuleManifest $Path
}

# Of a library for both processors of a Mac the part of one: a list of parts, each with its processor, where it begins and how long it is.
function Get-MachPart([string] $Path, [string] $Processor) {
    $bytes = [System.IO.File]::ReadAllBytes($Path)
    $read = { param($at) [uint] "0x$([System.Convert]::ToHexString($bytes, $at, 4))" }
    if ((& $read 0) -ne 0xCAFEBABEL) { return , $bytes }
    $wanted = @{ x64 = 0x01000007; arm64 = 0x0100000C }[$Processor]
    for ($part = 8; $part -lt 8 + 20 * (& $read 4); $part += 20) {
        if ((& $read $part) -eq $wanted) { return , [System.ArraySegment[byte]]::new($bytes, (& $read ($part + 8)), (& $read ($part + 12))).ToArray() }
    }
    throw "$Path has no part for $Processor."
}

# Takes the table of symbols off a library for Linux: debuggers read it, and nothing that loads the library does. What is loaded stays byte for byte.
function Remove-Symbol([string] $Path) {
    $bytes = [System.IO.File]::ReadAllBytes($Path)
    $isElf64 = $bytes.Length -gt 64 -and [System.BitConverter]::ToUInt32($bytes, 0) -eq 0x464C457F -and $bytes[4] -eq 2 -and $bytes[5] -eq 1
    if (-not $isElf64) { return }
    $sections = @(Get-ElfSection $bytes)
    $symbols = @($sections | Where-Object Type -EQ 2)
    $removed = @($symbols) + @($symbols | ForEach-Object { $sections[$_.Link] })
    $end = ($removed | Measure-Object Offset -Minimum).Minimum
    $moved = @($sections | Where-Object { $_.Offset -gt $end -and $_ -notin $removed } | Sort-Object Offset)
    # Elsewhere than at the end it is left where it is: what is loaded would move.
    if (-not $symbols -or @($moved | Where-Object IsLoaded)) { return }

    $stream = [System.IO.MemoryStream]::new()
    $stream.Write($bytes, 0, $end)
    foreach ($section in $removed) { [System.Array]::Clear($bytes, $section.Header, $section.HeaderLength) }
    foreach ($section in $moved) {
        Add-Alignment $stream
        [System.BitConverter]::GetBytes([ulong] $stream.Position).CopyTo($bytes, $section.Header + 0x18)
        $stream.Write($bytes, $section.Offset, $section.Length)
    }
    Add-Alignment $stream
    $table = $stream.Position
    $stream.Write($bytes, $sections[0].Header, $sections.Count * $sections[0].HeaderLength)
    $result = $stream.ToArray()
    [System.BitConverter]::GetBytes([ulong] $table).CopyTo($result, 0x28)
    [System.IO.File]::WriteAllBytes($Path, $result)
}

function Get-ElfSection([byte[]] $Bytes) {
    $table, $length, $count = [System.BitConverter]::ToInt64($Bytes, 0x28), [System.BitConverter]::ToUInt16($Bytes, 0x3A), [System.BitConverter]::ToUInt16($Bytes, 0x3C)
    for ($header = $table; $header -lt $table + $length * $count; $header += $length) {
        [pscustomobject]@{
            Header = $header; HeaderLength = $length
            Type = [System.BitConverter]::ToUInt32($Bytes, $header + 4)
            IsLoaded = ([System.BitConverter]::ToUInt64($Bytes, $header + 8) -band 2) -ne 0
            Offset = [System.BitConverter]::ToInt64($Bytes, $header + 0x18)
            Length = [System.BitConverter]::ToInt64($Bytes, $header + 0x20)
            Link = [System.BitConverter]::ToUInt32($Bytes, $header + 0x28)
        }
    }
}

function Add-Alignment([System.IO.MemoryStream] $Stream) {
    while ($Stream.Position % 8) { $Stream.WriteByte(0) }
}

function Copy-Module([string] $Folder) {
    if (Test-Path -LiteralPath $Folder) { Remove-Item -LiteralPath $Folder -Recurse -Force }
    $null = New-Item -ItemType Directory $Folder
    foreach ($part in 'module', 'sql', 'LoyaltyPipeline.psd1', 'README.md', 'CHANGELOG.md', 'LICENSE') {
        Copy-Item (Join-Path $Root $part) $Folder -Recurse
    }
    Get-ChildItem $Folder -Filter *.pdb -Recurse | Remove-Item
    Get-ChildItem (Join-Path $Folder module) -Filter *.so -Recurse | ForEach-Object { Remove-Symbol $_.FullName }
    if ($Sbom) {
        Copy-Item -LiteralPath $Sbom (Join-Path $Folder sbom.cdx.json)
        Copy-Item -LiteralPath (Join-Path ([System.IO.Path]::GetDirectoryName($Sbom)) THIRD-PARTY-NOTICES.txt) $Folder
    }
    Set-Manifest (Join-Path $Folder LoyaltyPipeline.psd1)
}

# The libraries of one system, and no others.
function Select-Runtime([string] $Folder, [string] $Name) {
    $runtimes = Join-Path $Folder module deps runtimes
    $system, $processor = $Name -split '-'
    $library = $system -eq 'osx' ? (Join-Path $runtimes osx native libduckdb.dylib) : (Join-Path $runtimes $Name)
    if (-not (Test-Path -LiteralPath $library)) { throw "The module has no library for $Name." }
    if ($system -eq 'osx') { [System.IO.File]::WriteAllBytes($library, (Get-MachPart $library $processor)) }
    Get-ChildItem $runtimes -Directory | Where-Object Name -CNE ($system -eq 'osx' ? 'osx' : $Name) | Remove-Item -Recurse
}

function Get-Nuspec([string] $Folder) {
    $manifest = Import-PowerShellDataFile (Join-Path $Folder LoyaltyPipeline.psd1)
    $tags = @('PSModule', 'PSEdition_Core', 'PSIncludes_Cmdlet') + @($manifest.CmdletsToExport | ForEach-Object { "PSCmdlet_$_"; "PSCommand_$_" }) + $manifest.PrivateData.PSData.Tags
    $entries = [ordered]@{
        id = 'LoyaltyPipeline'; version = $manifestVersion.Full; authors = $manifest.Author; owners = $manifest.Author
        requireLicenseAcceptance = 'false'; licenseUrl = $manifest.PrivateData.PSData.LicenseUri; description = $manifest.Description
        releaseNotes = $releaseNotes; copyright = $manifest.Copyright; tags = $tags -join ' '
    }
    if ($ProjectUri) { $entries.projectUrl = $ProjectUri }
    $lines = $entries.Keys | ForEach-Object { "    <$_>$([System.Security.SecurityElement]::Escape($entries[$_]))</$_>" }
    "<?xml version=""1.0"" encoding=""utf-8""?>`n<package xmlns=""http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd"">`n  <metadata>`n$($lines -join "`n")`n  </metadata>`n</package>`n"
}

function Get-ContentType([string[]] $Names) {
    $types = @($Names | ForEach-Object { [System.IO.Path]::GetExtension($_).TrimStart('.') } | Where-Object { $_ }) + 'nuspec' | Sort-Object -Unique -CaseSensitive
    $lines = $types | ForEach-Object { "<Default Extension=""$_"" ContentType=""application/octet""/>" }
    $named = $Names | Where-Object { -not [System.IO.Path]::GetExtension($_) } | ForEach-Object { "<Override PartName=""/$_"" ContentType=""application/octet""/>" }
    "<?xml version=""1.0"" encoding=""utf-8""?>`n<Types xmlns=""http://schemas.openxmlformats.org/package/2006/content-types"">$(@($lines) + @($named) -join '')</Types>`n"
}

function New-Package([string] $Folder, [string] $Path) {
    $null = New-Item -ItemType Directory ([System.IO.Path]::GetDirectoryName($Path)) -Force
    $names = [string[]] @(Get-ChildItem $Folder -File -Recurse | ForEach-Object { [System.IO.Path]::GetRelativePath($Folder, $_.FullName).Replace('\', '/') })
    [System.Array]::Sort($names, [System.StringComparer]::Ordinal)
    $zip = [System.IO.Compression.ZipArchive]::new([System.IO.File]::Create($Path), 'Create')
    try {
        Add-Entry $zip 'LoyaltyPipeline.nuspec' ([System.Text.Encoding]::UTF8.GetBytes((Get-Nuspec $Folder)))
        foreach ($name in $names) { Add-Entry $zip $name ([System.IO.File]::ReadAllBytes((Join-Path $Folder $name))) }
        Add-Entry $zip '[Content_Types].xml' ([System.Text.Encoding]::UTF8.GetBytes((Get-ContentType $names)))
    }
    finally {
        $zip.Dispose()
    }
    Get-Item -LiteralPath $Path
}

function Add-Entry([System.IO.Compression.ZipArchive] $Zip, [string] $Name, [byte[]] $Content) {
    $entry = $Zip.CreateEntry($Name, 'SmallestSize')
    $entry.LastWriteTime = $time
    # Read by everybody, written by its owner, wherever it was packed.
    $entry.ExternalAttributes = 0x81A40000
    $stream = $entry.Open()
    try { $stream.Write($Content, 0, $Content.Length) } finally { $stream.Dispose() }
}

function Get-Size([System.IO.FileSystemInfo] $Item) {
    $files = $Item -is [System.IO.DirectoryInfo] ? @(Get-ChildItem $Item -File -Recurse) : @($Item)
    [pscustomobject]@{ Path = $Item.FullName; Megabytes = [Math]::Round(($files | Measure-Object Length -Sum).Sum / 1MB, 1) }
}

$Root = (Resolve-Path -LiteralPath $Root).ProviderPath
$Destination = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Destination)
$manifestVersion = Get-ManifestVersion
$releaseNotes = Get-ReleaseNote
$name = "LoyaltyPipeline.$($manifestVersion.Full).nupkg"
if (-not $RuntimeOnly) {
    $folder = Join-Path $Destination LoyaltyPipeline $manifestVersion.Number
    Copy-Module $folder
    Get-Size (Get-Item -LiteralPath $folder)
    Get-Size (New-Package $folder (Join-Path $Destination packages $name))
}
$systems = '*' -in $Runtime ? ('win-x64', 'win-arm64', 'linux-x64', 'linux-arm64', 'osx-x64', 'osx-arm64') : $Runtime
foreach ($system in $systems) {
    $folder = Join-Path $Destination runtimes $system LoyaltyPipeline $manifestVersion.Number
    Copy-Module $folder
    Select-Runtime $folder $system
    $package = Get-Size (New-Package $folder (Join-Path $Destination packages $system $name))
    if ($package.Megabytes * 1MB -gt $limit) { throw "$($package.Path) has $($package.Megabytes) MB; $($limit / 1MB) MB are the limit of a package for one system." }
    $package
}
