# Comes before the cmdlets: of an assembly that is not there PowerShell says that it is no valid module, and not what to do.
$assembly = [System.IO.Path]::Combine($PSScriptRoot, 'LoyaltyPipeline.dll')
if (-not [System.IO.File]::Exists($assembly)) {
    throw "LoyaltyPipeline has not been built: there is no $assembly. Run $([System.IO.Path]::GetFullPath("$PSScriptRoot/../build.ps1")), which makes it, and import the module again."
}

Export-ModuleMember
