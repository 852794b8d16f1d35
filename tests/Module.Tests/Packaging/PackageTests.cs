using System.IO.Compression;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Packaging;

/// <summary>
/// build.ps1 Package, in a checkout of its own whose solution is empty, because what the solution builds is in use here. Its package source
/// is a folder: with the driver, or without.
/// </summary>
[Trait("Group", "Package")]
public sealed class PackageTests : IDisposable
{
    private const string DriverVersion = "6.0.0";

    private static readonly string[] Copied =
    [
        "build.ps1", "src/Package/Get-Version.ps1", "src/Package/New-ModulePackage.ps1", "src/Package/New-Notices.ps1",
        "src/Package/New-Sbom.ps1", "LoyaltyPipeline.psd1", "README.md", "CHANGELOG.md",
        "LICENSE", "Directory.Build.props", "Directory.Packages.props",
        ".editorconfig",
        "src/LoyaltyPipeline.Snowflake/LoyaltyPipeline.Snowflake.csproj", "module/LoyaltyPipeline.Format.ps1xml",
        "module/LoyaltyPipeline.Types.ps1xml",
        "module/LoyaltyPipeline.Built.psm1", "module/LoyaltyPipeline.Help.psd1", "module/LoyaltyPipeline.dll", "sql/catalog.yml",
    ];

    private readonly ScratchFolder _checkout = new();

    public PackageTests()
    {
        foreach (var file in Copied)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(InCheckout(file))!);
            File.Copy(RepositoryRoot.Combine(file), InCheckout(file));
        }

        _checkout.Write("Loyalty.sln", "Microsoft Visual Studio Solution File, Format Version 12.00\nGlobal\nEndGlobal\n");
        _checkout.Write(
            "nuget.config", "<configuration><packageSources><clear/><add key='folder' value='feed'/></packageSources></configuration>");
        Directory.CreateDirectory(InCheckout("feed"));
        AddPackage("Meziantou.Analyzer", "3.0.321", "analyzers/none.txt", "");
    }

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task Without_the_driver_it_says_so_and_makes_nothing()
    {
        var result = await RunAsync("Package");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(
            "The package source does not hold Snowflake.Data. Use another package source, or -WithoutSnowflake",
            result.Output + result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(InCheckout("artifacts")));
    }

    [Fact]
    public async Task Without_the_driver_on_purpose_it_makes_a_module_without_it()
    {
        var result = await RunAsync("Package", "-WithoutSnowflake", "-WithoutSbom");

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Contains("without the Snowflake driver", result.Output, StringComparison.Ordinal);
        Assert.Equal(
            Copied.Where(
                file => !file.StartsWith("src/", StringComparison.Ordinal)
                    && file is not ("build.ps1" or "Directory.Build.props" or "Directory.Packages.props" or ".editorconfig"))
                    .Order(StringComparer.Ordinal), Packaged());
    }

    [Fact]
    public async Task Without_the_tool_that_makes_the_bill_it_says_so()
    {
        var result = await RunAsync("Package", "-WithoutSnowflake");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("-WithoutSbom", result.Output + result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(InCheckout("artifacts/packages")));
    }

    [Fact]
    public async Task A_driver_that_the_source_holds_is_in_the_module()
    {
        AddPackage("Snowflake.Data", DriverVersion, "lib/net10.0/Snowflake.Data.dll", "not an assembly, as far as packaging goes");

        var result = await RunAsync("Package", "-WithoutSbom");

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Contains("with the Snowflake driver", result.Output, StringComparison.Ordinal);
        Assert.Contains("module/deps/snowflake/Snowflake.Data.dll", Packaged());
    }

    [Fact]
    public async Task A_driver_that_cannot_be_built_for_another_reason_is_not_called_missing()
    {
        File.WriteAllText(InCheckout("src/LoyaltyPipeline.Snowflake/Broken.cs"), "no C#");
        AddPackage("Snowflake.Data", DriverVersion, "lib/net10.0/Snowflake.Data.dll", "");

        var result = await RunAsync("Package");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("The Snowflake driver could not be built: ", result.Output + result.Error, StringComparison.Ordinal);
        Assert.Contains("Broken.cs", result.Output + result.Error, StringComparison.Ordinal);
    }

    private string InCheckout(string path) => Path.Combine(_checkout.Path, path);

    private Task<ProcessResult> RunAsync(params string[] arguments) => new PwshProcess
    {
        WorkingDirectory = _checkout.Path,
        Timeout = TimeSpan.FromMinutes(3),
        // A cache of its own: what this machine has fetched before must not count.
        Environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["NUGET_PACKAGES"] = InCheckout("packages") },
    }.RunPwshAsync([InCheckout("build.ps1"), .. arguments]);

    private IEnumerable<string> Packaged()
    {
        var folder = Assert.Single(Directory.GetDirectories(InCheckout("artifacts/LoyaltyPipeline")));
        Assert.Equal(
            ["LoyaltyPipeline.0.1.0-alpha.nupkg"], Directory.GetFiles(InCheckout("artifacts/packages")).Select(Path.GetFileName));
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal);
    }

    private void AddPackage(string id, string version, string file, string content)
    {
        using var package = ZipFile.Open(InCheckout($"feed/{id}.{version}.nupkg"), ZipArchiveMode.Create);
        Write(
            $"{id}.nuspec",
            $"<package><metadata><id>{id}</id><version>{version}</version><authors>tests</authors><description>For a test.</description></metadata></package>");
        Write(file, content);

        void Write(string name, string text)
        {
            using var writer = new StreamWriter(package.CreateEntry(name).Open());
            writer.Write(text);
        }
    }
}
