using System.IO.Compression;
using System.Text;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.Tests.Delivery;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Files;

/// <summary>Texts and files as they come from, and go to, other systems.</summary>
public sealed class TextTests : IDisposable
{
    private const string Umlaut = "guards: {deletes: 5%}\nconsumers:\n  Crm: {segment: Engaged, destination: 'Übergabe'}\n";

    private static readonly LoyaltyCatalog Catalog = CatalogReader.Read(Path.Combine(Repository.SqlFolder, "catalog.yml"));

    private readonly TemporaryFolder _folder = new();

    private string Config => Path.Combine(_folder.Path, "pipeline.yml");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void UTF_8_is_read_with_and_without_its_mark(bool withMark)
    {
        File.WriteAllText(Config, Umlaut, new UTF8Encoding(withMark));

        Assert.Equal(Path.Combine(_folder.Path, "Übergabe"), PipelineConfigReader.Read(Config, Catalog).Consumers["Crm"].Destination);
    }

    [Fact]
    public void What_was_saved_as_ANSI_is_refused_with_its_line()
    {
        File.WriteAllText(Config, Umlaut, Encoding.Latin1);

        var error = Refused();

        Assert.Equal($"{Config} line 3: the byte 0xDC is no UTF-8; the file was saved in another encoding, such as ANSI", error.Message);
        Assert.Contains("UTF-8", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16", false)]
    public void UTF_16_is_named(string encoding, bool withMark)
    {
        var unicode = new UnicodeEncoding(encoding == "utf-16BE", withMark);
        File.WriteAllBytes(Config, [.. unicode.GetPreamble(), .. unicode.GetBytes(Umlaut)]);

        Assert.Equal($"{Config} line 1: the file is UTF-16, or no text", Refused().Message);
    }

    [Theory]
    [InlineData("consumers:\n  Crm: {segment: Engaged, destination: \"C:\\new\\table\"}", 2)]
    [InlineData("sources:\n  DW_A:\n    file: \"C:\\tables\\new.duckdb\"", 3)]
    [InlineData("sources:\n  DW_A:\n    file: \"C:\\data\\w.duckdb\"", 3)]
    [InlineData("sources:\n  DW_A:\n    file: \"C:\\Users\\w.duckdb\"", 3)]
    public void A_path_with_escapes_is_refused(string text, int line)
    {
        File.WriteAllText(Config, text);

        var error = Refused();

        Assert.StartsWith($"{Config} line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("write paths in single quotes.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    [Fact]
    public void A_script_is_the_same_whatever_ends_its_lines()
    {
        var text = File.ReadAllText(Path.Combine(Repository.SqlFolder, "Master_Table.sql"));
        var (unix, windows) = (Path.Combine(_folder.Path, "unix.sql"), Path.Combine(_folder.Path, "windows.sql"));
        File.WriteAllText(unix, text.ReplaceLineEndings("\n"));
        File.WriteAllText(windows, text.ReplaceLineEndings("\r\n"), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.Equal(MasterScript.Read(unix).Sha256, MasterScript.Read(windows).Sha256);
        File.WriteAllText(windows, "-- für\n" + text, Encoding.Latin1);
        Assert.Equal("MasterScriptInvalid", Assert.Throws<LoyaltyException>(() => MasterScript.Read(windows)).ErrorId);
    }

    [Fact]
    public async Task A_gzip_does_not_say_on_which_system_it_was_written()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 3);
        scene.Consumer = scene.Consumer with { Compression = FileCompression.Gzip };
        await scene.DeliverAsync();
        await new SyntheticDataWriter(scene.Test.Pipeline).WriteFilesAsync(
            _folder.Path, new SyntheticDataOptions { Users = 3, Days = 30 }, compress: true, replace: false, scene.Test.Reporter,
            TestWarehouse.Token);

        var files = Directory.GetFiles(scene.Destination, "*.gz", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(_folder.Path, "*.gz")).ToArray();

        Assert.Equal(1 + Catalog.Sources.Count, files.Length);
        Assert.All(files, file =>
        {
            Assert.Equal(255, File.ReadAllBytes(file)[9]);
            using var text = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            Assert.Contains("\n", text.ReadToEnd(), StringComparison.Ordinal);
        });
    }

    private LoyaltyException Refused()
    {
        var error = Assert.Throws<LoyaltyException>(() => PipelineConfigReader.Read(Config, Catalog));
        Assert.Equal(("ConfigInvalid", Config), (error.ErrorId, error.Target));
        return error;
    }
}
