$assembly = [System.IO.Path]::Combine($PSScriptRoot, 'LoyaltyPipeline.dll')
if (-not [System.IO.File]::Exists($assembly)) {
    throw "The module is not built: $assembly does not exist. Run 'dotnet build' in the folder above first."
}

# PowerShell looks at the types of all parameters when it imports the cmdlets, so the way to Core must be laid before.
[void][System.Reflection.Assembly]::LoadFrom($assembly)
[LoyaltyPipeline.Loading.CoreResolver]::Register()
Import-Module -Name $assembly -ErrorAction Stop

$ExecutionContext.SessionState.Module.OnRemove = { Disconnect-LoyaltyWarehouse }

Export-ModuleMember -Cmdlet *
