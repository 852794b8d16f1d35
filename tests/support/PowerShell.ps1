# Dot-sourced by scripts that start PowerShell for tests: the program and the first arguments. It is the one that runs build.ps1, which says so in LOYALTY_TEST_PWSH,
# or else the one that runs the script; one that came as a .NET tool is a .dll.
function Get-PowerShellCommand {
    $pwsh = $env:LOYALTY_TEST_PWSH
    if (-not $pwsh) { $pwsh = [System.Environment]::ProcessPath -match '[\\/]pwsh(\.exe)?$' ? [System.Environment]::ProcessPath : (Join-Path $PSHOME pwsh.dll) }
    @($pwsh -like '*.dll' ? 'dotnet' : @()) + $pwsh + '-NoProfile' + '-NonInteractive'
}
