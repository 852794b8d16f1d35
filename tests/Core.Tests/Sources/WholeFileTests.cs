using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Sources.Files;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Sources;

/// <summary>A file is read whole or refused.</summary>
public sealed class WholeFileTests
{
    private const string Row = "1,1998-06-01,3\n";

    [Theory]
    [InlineData("SUPPORT_CALLS.csv", "\0")]
    [InlineData("SUPPORT_CALLS.csv", "2,19\0\0\0\0\0\0\0\0")]
    [InlineData("SUPPORT_CALLS.jsonl", "\0\0\0\0")]
    public async Task Zeros_at_the_end_are_a_copy_that_was_not_finished(string name, string end)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var content = name.EndsWith(".csv", StringComparison.Ordinal)
            ? $"{Imports.CallsHeader}\n{Row}"
            : "{\"USER_ID\":1,\"AS_OF_DATE\":\"1998-06-01\",\"CALLS_LAST_30_DAYS\":3}\n";
        var error = await Assert.ThrowsAsync<LoyaltyException>(() => test.ImportAsync(test.WriteBytes(name, content + end)));
        Assert.Equal("SourceFileUnreadable", error.ErrorId);
        Assert.Contains("zero bytes", error.Message, StringComparison.Ordinal);
        Assert.Empty(await test.CallsAsync());
    }

    [Fact]
    public async Task A_file_that_may_not_be_read_is_to_be_made_readable()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await using var engine = await EmbeddedEngine.OpenAsync(TestWarehouse.Token);
        using var opener = new FileOpener(engine.Session, CsvSpelling.Of(',', []), test.Reporter);
        // Whoever may read everything may not open a folder as a file either, and gets the same answer.
        var file = new SourceFile(test.Folder, test.Pipeline.Catalog.FindSource("SUPPORT_CALLS")!, SourceFormat.Csv, Compressed: false);

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => opener.OpenAsync(file, 0, TestWarehouse.Token));

        Assert.Equal("SourceFileUnreadable", error.ErrorId);
        Assert.StartsWith("Have it made readable", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grows")]
    [InlineData("shrinks")]
    [InlineData("is replaced by one of the same size")]
    [InlineData("is removed")]
    public async Task A_file_that_changes_while_it_is_read_is_refused(string change)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = test.Write("SUPPORT_CALLS.csv", $"{Imports.CallsHeader}\n{Row}");
        var file = new LandingFolder(test.Pipeline.Catalog, _ => { }).Find(path, table: null).Single().Single();
        await using var engine = await EmbeddedEngine.OpenAsync(TestWarehouse.Token);
        using var opener = new FileOpener(engine.Session, CsvSpelling.Of(',', []), test.Reporter);
        await opener.OpenAsync(file, 0, TestWarehouse.Token);
        opener.DemandUnchanged();
        Change(path, change);
        Assert.Equal("SourceFileUnreadable", Assert.Throws<LoyaltyException>(opener.DemandUnchanged).ErrorId);
    }

    [Theory]
    [InlineData(ImportMode.Upsert)]
    [InlineData(ImportMode.Replace)]
    public async Task Nothing_of_a_file_that_grows_is_imported(ImportMode mode)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = test.Write("SUPPORT_CALLS.csv", $"{Imports.CallsHeader}\n{Row}");
        var isWriting = true;
        // No more than so many: on a slow machine whoever reads would never come to the end.
        const int Appends = 500_000;
        var writer = Task.Run(
            () =>
            {
                for (var append = 0; append < Appends && Volatile.Read(ref isWriting); append++)
                {
                    try
                    {
                        File.AppendAllText(path, Row);
                    }
                    catch (IOException) when (OperatingSystem.IsWindows())
                    {
                        // Kept out by who reads it: it writes again later.
                    }
                }
            },
            TestWarehouse.Token);
        try
        {
            // On Windows whoever writes a file can keep others from reading it.
            var refused = await test.RefusedAsync(path, new ImportOptions(mode));
            Assert.True(refused == "SourceFileUnreadable" || (OperatingSystem.IsWindows() && refused == "FileInUse"), refused);
        }
        finally
        {
            Volatile.Write(ref isWriting, false);
            await writer;
        }

        Assert.Empty(await test.CallsAsync());
        Assert.Empty(await test.QuarantineAsync());
    }

    private static void Change(string path, string change)
    {
        switch (change)
        {
            case "grows":
                File.AppendAllText(path, Row);
                break;
            case "shrinks":
                File.WriteAllText(path, Imports.CallsHeader + "\n");
                break;
            case "is removed":
                File.Delete(path);
                break;
            default:
                var stamp = FileStamp.Of(path);
                File.WriteAllText(path + ".new", File.ReadAllText(path).Replace('1', '2'));
                File.SetLastWriteTimeUtc(path + ".new", stamp.ChangedAt);
                File.Move(path + ".new", path, overwrite: true);
                break;
        }
    }
}
