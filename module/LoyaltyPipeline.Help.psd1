# Gives PowerShell the place of the help: it looks for LoyaltyPipeline.dll-Help.xml and the topics in the folders of the manifests that are imported, and the manifest in
# the folder above imports this one too. The cmdlets cannot come through here: of what is nested two deep, what Import-Module -Prefix has renamed would not be exported.
@{
    ModuleVersion     = '0.1.0'
    FunctionsToExport = @()
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
