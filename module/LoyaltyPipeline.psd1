# The manifest in the folder above imports this one, which makes PowerShell look for help here. A script module that imports the assembly
# would do that too, but running a script costs a session more than reading a manifest.
@{
    ModuleVersion     = '0.1.0'
    NestedModules     = @('LoyaltyPipeline.dll')
    FunctionsToExport = @()
    CmdletsToExport   = '*'
    VariablesToExport = @()
    AliasesToExport   = @()
}
