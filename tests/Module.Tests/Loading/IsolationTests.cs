using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Loading;

public sealed class IsolationTests
{
    private const string ListAssemblies =
        "foreach ($context in [System.Runtime.Loader.AssemblyLoadContext]::All) { foreach ($loaded in $context.Assemblies) { \"$($context.Name) $($loaded.GetName().Name) $($loaded.Location)\" } }";

    private static readonly string Import = $"Import-Module '{ModuleRunspace.Manifest}';";

    private static readonly string Dependencies = RepositoryRoot.Combine("module", "deps");

    [Fact]
    public async Task Importing_loads_the_cmdlets_alone()
    {
        var lines = await FreshProcess.RunAsync(Import + ListAssemblies);

        Assert.Contains(lines, line => line.StartsWith("Default LoyaltyPipeline ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(Dependencies, StringComparison.Ordinal));
    }

    // A parameter whose type only Core has shows here: the engine leaves out cmdlets that it cannot load.
    [Fact]
    public async Task The_types_of_all_parameters_are_found()
    {
        var lines = await FreshProcess.RunAsync(
            Import + "foreach ($command in Get-Command -Module LoyaltyPipeline) { foreach ($parameter in $command.Parameters.Values) { '{0} {1} {2}' -f $command.Name, $parameter.Name, $parameter.ParameterType } }");

        Assert.Contains("Import-LoyaltySource Mode LoyaltyPipeline.ImportMode", lines);
        Assert.Contains(
            lines,
            line => line.StartsWith("Get-LoyaltyRun Kind ", StringComparison.Ordinal)
                && line.Contains("RunKind", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_with_other_versions_of_the_libraries_keeps_its_own_and_the_module_uses_its_own()
    {
        // What the cmdlets of this version do not yet need is asked for by name.
        var lines = await FreshProcess.RunAsync(
            Import + "$null = Connect-LoyaltyWarehouse ':memory:'; \"$(@(Initialize-LoyaltyWarehouse).Where{ $_.Applied }.Count -gt 5)\";"
            + "$own = [System.Runtime.Loader.AssemblyLoadContext]::All.Where{ $_.Name -eq 'LoyaltyPipeline' }[0];"
            + "$null = $own.LoadFromAssemblyName([System.Reflection.AssemblyName]::new('AWSSDK.Core'));" + ListAssemblies);

        Assert.Contains("True", lines);
        foreach (var library in (string[])["AWSSDK.Core", "YamlDotNet"])
        {
            Assert.StartsWith(RepositoryRoot.Combine("tests"), LocationOf(lines, "Default", library), StringComparison.Ordinal);
            Assert.Equal(Path.Combine(Dependencies, $"{library}.dll"), LocationOf(lines, "LoyaltyPipeline", library));
        }

        Assert.Contains("tests", LocationOf(lines, "Default", "Newtonsoft.Json"), StringComparison.Ordinal);
        Assert.Equal(Path.Combine(Dependencies, "LoyaltyPipeline.Core.dll"), LocationOf(lines, "LoyaltyPipeline", "LoyaltyPipeline.Core"));
    }

    [Theory]
    [InlineData("AWSSDK.S3")]
    [InlineData("CsvHelper")]
    [InlineData("DuckDB.NET.Data")]
    public async Task The_module_offers_the_session_none_of_its_libraries(string library)
    {
        var lines = await FreshProcess.RunAsync(
            Import + "$null = Connect-LoyaltyWarehouse ':memory:'; $null = Initialize-LoyaltyWarehouse;"
            + $"try {{ [System.Reflection.Assembly]::Load('{library}').Location }} catch {{ \"refused $($_.Exception.InnerException.GetType().Name)\" }}");

        Assert.Equal("refused FileNotFoundException", lines[^1]);
    }

    [Fact]
    public async Task The_native_library_comes_from_the_folder_of_its_platform()
    {
        var lines = await FreshProcess.RunAsync(
            Import + "$null = Connect-LoyaltyWarehouse ':memory:'; [System.Diagnostics.Process]::GetCurrentProcess().Modules.ForEach{ $_.FileName }");

        Assert.Contains(
            lines,
            line => line.StartsWith(Path.Combine(Dependencies, "runtimes"), StringComparison.Ordinal)
                && line.Contains("duckdb", StringComparison.Ordinal));
    }

    private static string LocationOf(string[] lines, string context, string assembly) =>
        Assert.Single(lines, line => line.StartsWith($"{context} {assembly} ", StringComparison.Ordinal)).Split(' ', 3)[2];
}
