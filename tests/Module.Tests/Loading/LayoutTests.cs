using System.Text.Json;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Loading;

public sealed class LayoutTests
{
    private const string Types = "LoyaltyPipeline.Types.dll";

    private static readonly string Module = RepositoryRoot.Combine("module");

    private static readonly string Dependencies = Path.Combine(Module, "deps");

    [Theory]
    [InlineData("win-x64", "duckdb.dll")]
    [InlineData("win-arm64", "duckdb.dll")]
    [InlineData("linux-x64", "libduckdb.so")]
    [InlineData("linux-arm64", "libduckdb.so")]
    [InlineData("osx", "libduckdb.dylib")]
    public void Every_platform_has_its_native_library_staged_and_listed(string platform, string library)
    {
        var asset = $"runtimes/{platform}/native/{library}";

        Assert.True(File.Exists(Path.Combine(Dependencies, asset)));
        Assert.Contains(asset, ListedAssets("runtimeTargets"));
    }

    [Fact]
    public void Everything_that_Core_lists_is_staged_and_nothing_else()
    {
        // Whose types the cmdlets have too lies with them: a second copy would be other types.
        var listed = ListedAssets("runtimeTargets").Concat(ListedAssets("runtime").Select(Path.GetFileName).Where(file => file != Types))
            .Concat(["LoyaltyPipeline.Core.deps.json", "LoyaltyPipeline.Core.pdb"]);
        var built = Directory.EnumerateFiles(Dependencies, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Dependencies, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("snowflake/", StringComparison.Ordinal));

        Assert.Equal(listed.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), built.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_the_cmdlets_and_the_types_of_their_parameters_lie_in_the_folder_of_the_module()
    {
        var assemblies = Directory.EnumerateFiles(Module, "*.dll").Select(Path.GetFileName).Order(StringComparer.Ordinal);

        Assert.Equal([Types, "LoyaltyPipeline.dll"], assemblies);
    }

    [Theory]
    [InlineData("manifest")]
    [InlineData("latest")]
    [InlineData("check-report")]
    public void The_schemas_of_what_is_written_lie_in_the_folder_of_the_module_which_is_published_whole(string name)
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Module, "schemas", $"{name}.schema.json")));

        Assert.Equal($"{name}.json", schema.RootElement.GetProperty("title").GetString());
    }

    private static List<string> ListedAssets(string kind)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Dependencies, "LoyaltyPipeline.Core.deps.json")));
        return
        [
            .. document.RootElement.GetProperty("targets").EnumerateObject()
                .SelectMany(target => target.Value.EnumerateObject())
                .Where(library => library.Value.TryGetProperty(kind, out _))
                .SelectMany(library => library.Value.GetProperty(kind).EnumerateObject())
                .Select(asset => asset.Name),
        ];
    }
}
