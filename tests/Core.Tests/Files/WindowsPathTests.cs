using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Stores;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Files;

/// <summary>Paths that mean something else on Windows, and those that are spelled in several ways.</summary>
public sealed class WindowsPathTests
{
    [Theory]
    [InlineData(@"C:\drop")]
    [InlineData("C:/drop/")]
    [InlineData(@"C:\")]
    [InlineData(@"\\server\share\drop")]
    [InlineData(@"\\?\C:\drop")]
    [InlineData(@"\\?\UNC\server\share\drop")]
    [InlineData(@"\rooted")]
    [InlineData(@"drop\CONSUMER\auxiliary")]
    [InlineData(@"..\com10\console.txt")]
    public void An_ordinary_path_is_one(string path) => Assert.Null(WindowsPath.ProblemOf(path));

    [Theory]
    [InlineData("NUL", "device")]
    [InlineData(@"C:\drop\con", "device")]
    [InlineData(@"C:\con.folder\x", "device")]
    [InlineData("lpt1 .txt", "device")]
    [InlineData("COM¹", "device")]
    [InlineData(@"\\.\C:\drop", "device")]
    [InlineData("//./pipe/x", "device")]
    [InlineData(@"C:\drop:stream", "stream")]
    [InlineData("drop.html:x", "stream")]
    [InlineData(@"\\?\C:\drop:stream", "stream")]
    [InlineData("D:drop", "relative")]
    public void One_that_is_no_file_is_told_by_what_it_is(string path, string word) =>
        Assert.Contains(word, WindowsPath.ProblemOf(path), StringComparison.Ordinal);

    [Theory]
    [InlineData(@"C:\drop|x", '|')]
    [InlineData(@"\\server\share\drop?", '?')]
    [InlineData(@"\\?\C:\drop*", '*')]
    [InlineData("a<b", '<')]
    [InlineData("a>b", '>')]
    [InlineData("a\"b", '"')]
    [InlineData("a\tb", '\t')]
    public void A_character_that_no_name_has_on_Windows_is_found(string path, char forbidden) =>
        Assert.Equal(forbidden, WindowsPath.ForbiddenIn(path));

    [Theory]
    [InlineData(@"\\?\C:\drop")]
    [InlineData("C:/Übergabe (neu) [1] & 'x'; 100 % ~.$")]
    public void Others_are_not(string path) => Assert.Null(WindowsPath.ForbiddenIn(path));

    [Theory]
    [InlineData("dr\0p", true)]
    [InlineData("drop|x", false)]
    [InlineData("dr?p", false)]
    [InlineData("dr\np", false)]
    public void A_destination_that_no_folder_can_have_is_refused_before_anything_runs(string destination, bool everywhere)
    {
        var refused = !DestinationText.TryResolve(destination, Path.GetTempPath(), out _, out var problem);

        Assert.Equal(everywhere || OperatingSystem.IsWindows(), refused);
        Assert.True(!refused || problem!.EndsWith("in it, which no name of a folder can have.", StringComparison.Ordinal), problem);
    }

    [Theory]
    [InlineData("/data/drop", "/data/drop")]
    [InlineData("/data/drop/", "/data/drop")]
    [InlineData("/data//x/../drop/", "/data/drop")]
    [InlineData("drop/", "/home/drop")]
    public void A_folder_is_one_destination_however_it_is_spelled(string destination, string spelled) =>
        Assert.Equal(Path.GetFullPath(spelled, Path.GetFullPath("/home")), DestinationText.Resolve(destination, Path.GetFullPath("/home")));

    // As people write it, with the case and the separators that come to hand.
    [Theory]
    [Unix("There it is a folder.")]
    [InlineData(@"C:\drop")]
    [InlineData(@"\\server\share\drop")]
    public void Elsewhere_a_path_of_Windows_is_no_folder_of_that_name(string path)
    {
        Assert.Equal(
            "DestinationInvalid", Assert.Throws<LoyaltyException>(() => DestinationText.Resolve(path, Path.GetTempPath())).ErrorId);
    }

    [Fact]
    public void Where_case_does_not_matter_the_spelling_is_that_of_the_disk()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "Drop", "Marketing"));
        var other = Path.Combine(folder.Path, "dROP", "marketing", "New") + Path.DirectorySeparatorChar;

        var spelled = PathSpelling.Of(other);

        Assert.Equal(
            Path.Combine(folder.Path, OperatingSystem.IsWindows() ? "Drop/Marketing" : "dROP/marketing", "New")
                .Replace('/', Path.DirectorySeparatorChar), spelled, ignoreCase: false);
    }

    [Fact]
    public async Task A_file_that_is_named_twice_is_read_once()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = test.Write("REGION_METADATA.csv", "REGION_CODE,REGION_NAME,COUNTRY,REGION_CLASS\n");
        var landing = new LandingFolder(test.Pipeline.Catalog, _ => { });
        string[] names = OperatingSystem.IsWindows()
            ? [path, path.ToUpperInvariant(), path.Replace('\\', '/')]
            : [path, path.Replace("/REGION", "//REGION", StringComparison.Ordinal)];

        Assert.Single(landing.Group(names.SelectMany(name => landing.Find(name, table: null).Single())).Single());
    }
}
