$assembly = [System.IO.Path]::Combine($PSScriptRoot, 'LoyaltyPipeline.dll')
if (-not [System.IO.File]::Exists($assembly)) {
    throw "The module is not built: $assembly does not exist. Run 'dotnet build' in the folder above first."
}

Import-Module -Name $assembly -ErrorAction Stop

$ExecutionContext.SessionState.Module.OnRemove = { Disconnect-LoyaltyWarehouse }

Export-ModuleMember -Cmdlet *
