# Which version packages get, by the tags of git.

BeforeAll {
    $repository = (Resolve-Path "$PSScriptRoot/../..").ProviderPath
    $version = Join-Path $repository src Package Get-Version.ps1

    function New-Source([string] $Name) {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive $Name)).FullName
        Copy-Item (Join-Path $repository LoyaltyPipeline.psd1) $folder
        Copy-Item (Join-Path $repository .config) $folder -Recurse
        $folder
    }

    function Add-Commit([string] $Folder) {
        git -C $Folder -c user.name=Tests -c user.email=tests@loyalty.example commit --quiet --allow-empty -m 'A change'
    }

    function New-Clone([string] $Name) {
        $folder = New-Source $Name
        git -C $folder init --quiet
        Add-Commit $folder
        $folder
    }
}

Describe 'The version' {
    It 'is that of the tag, and behind it that of the next patch' {
        $clone = New-Clone tagged
        git -C $clone tag v1.2.0
        & $version -Root $clone | Should -BeExactly '1.2.0'

        Add-Commit $clone
        & $version -Root $clone | Should -BeExactly '1.2.1-alpha.0.1'
    }

    It 'is that of the manifest, not yet released, in a clone without tags' {
        & $version -Root (New-Clone untagged) | Should -BeExactly '0.1.0-alpha.0'
    }

    It 'is that of the manifest where there is no clone, and says so' {
        & $version -Root (New-Source archive) 6>&1 | Should -Be 'These sources are no clone: the version is that of LoyaltyPipeline.psd1, not yet released. -Version names another one.', '0.1.0-alpha'
    }

    It 'says that a shallow clone may not have its tag' {
        $clone = New-Clone deep
        Add-Commit $clone
        git clone --quiet --depth 1 "file://$($clone.Replace('\', '/'))" "$TestDrive/shallow"
        Copy-Item (Join-Path $clone LoyaltyPipeline.psd1), (Join-Path $clone .config) "$TestDrive/shallow" -Recurse
        $said = & $version -Root "$TestDrive/shallow" 6>&1
        $said[0] | Should -BeLike 'This clone is shallow*'
        $said[1] | Should -BeLike '0.1.0-alpha.0*'
    }

    It 'is none where the tags cannot be read' {
        $folder = New-Source broken
        'gitdir: nowhere' > (Join-Path $folder .git)
        { & $version -Root $folder } | Should -Throw 'The version comes from the tags of git, which cannot be read here: *nowhere*-Version.'
    }

    It 'is none where the tool that reads them cannot be had' {
        $clone = New-Clone toolless
        git -C $clone tag v1.2.0
        Set-Content (Join-Path $clone .config dotnet-tools.json) '{"version": 1, "isRoot": true, "tools": {}}'
        { & $version -Root $clone } | Should -Throw 'The version comes from the tags of git, which cannot be read here: *-Version.'
    }
}
