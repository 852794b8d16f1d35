using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>Which files Import-LoyaltySource takes for which paths, and what it replaces.</summary>
public sealed class ImportPathTests : IDisposable
{
    private const string Header = "USER_ID,AS_OF_DATE,CALLS_LAST_30_DAYS";

    private readonly ModuleRunspace _session = SampleWarehouse.OpenEmpty();

    public ImportPathTests()
    {
        Write("a/SUPPORT_CALLS_01.csv", 1, 2);
        Write("a/SUPPORT_CALLS_02.csv", 3);
        Write("b/SUPPORT_CALLS.csv", 3, 4);
        Write("b/SUPPORT_CALLS[1].csv", 5);
        File.WriteAllText(_session.PathOf("a/notes.txt"), "x");
    }

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("a/*.csv", "1 2 3")]
    [InlineData("a/SUPPORT_CALLS_0?.csv", "1 2 3")]
    [InlineData("a/*", "1 2 3", "notes.txt is left out")]
    [InlineData("?", "1 2 3 3 4", "notes.txt is left out", "SUPPORT_CALLS[1].csv is left out")]
    [InlineData("a/*_02.csv, b/SUPPORT_CALLS.csv", "3 3 4")]
    [InlineData("a, a", "1 2 3", "notes.txt is left out", "notes.txt is left out")]
    [InlineData("a, b/SUPPORT_CALLS.csv", "1 2 3 3 4", "notes.txt is left out")]
    [InlineData("'b/SUPPORT_CALLS[1].csv' -Table SUPPORT_CALLS", "5")]
    public void All_files_of_the_paths_replace_a_table_together(string paths, string users, params string[] warnings)
    {
        var result = _session.Run($"Import-LoyaltySource {paths} -Mode Replace").Succeeded();

        Assert.Single(result.Output);
        Assert.Equal(users, Users());
        Assert.Equal(warnings.Length, result.Warnings.Count);
        Assert.All(warnings, warning => Assert.Contains(result.Warnings, text => text.Contains(warning, StringComparison.Ordinal)));
    }

    [Fact]
    public void Files_that_are_piped_replace_a_table_together()
    {
        dynamic result = Assert.Single(
            _session.Run(
                "[System.IO.DirectoryInfo]::new(\"$($ExecutionContext.SessionState.Path.CurrentLocation)/a\").GetFiles('*.csv') | Import-LoyaltySource -Mode Replace").Succeeded().Output);

        Assert.Equal((3L, 2), ((long)result.RowsUsed, ((IReadOnlyList<string>)result.Files).Count));
        Assert.Equal("1 2 3", Users());
        // Of two warehouses each has its own.
        _session.Run("$null = Initialize-LoyaltyWarehouse -Warehouse v.duckdb -IncludeSources").Succeeded();
        var both = _session
            .Run(
                "$w = Connect-LoyaltyWarehouse w.duckdb; [pscustomobject]@{ Path = 'a/*_01.csv'; Warehouse = $w }, [pscustomobject]@{ Path = 'b/SUPPORT_CALLS.csv'; Warehouse = 'v.duckdb' } | Import-LoyaltySource -Mode Replace").Succeeded();
        Assert.Equal(2, both.Output.Count);
        Assert.Equal("1 2", Users());
        _session.Run("$null = Connect-LoyaltyWarehouse v.duckdb").Succeeded();
        Assert.Equal("3 4", Users());
    }

    [Theory]
    [InlineData("a/*.csv, nowhere", "SourcePathNotFound")]
    [InlineData("a/*.csv, nothing*", "SourcePathNotFound")]
    [InlineData("a/*.csv, a/notes.txt", "SourceFormatUnknown")]
    public void No_table_is_replaced_by_a_part_of_what_was_meant(string paths, string errorId)
    {
        _session.Run("$null = Import-LoyaltySource b/SUPPORT_CALLS.csv").Succeeded();
        var result = _session.Run($"Import-LoyaltySource {paths} -Mode Replace");

        Assert.Equal(errorId, result.ErrorId);
        Assert.Empty(result.Output);
        Assert.Equal("3 4", Users());
    }

    [Fact]
    public void Without_Replace_paths_are_imported_one_after_the_other_and_a_pattern_as_one()
    {
        Assert.Equal([3L], _session.Run("(Import-LoyaltySource a/*.csv).RowsUsed").Succeeded().Output);
        Assert.Equal([2L, 1L], _session.Run("(Import-LoyaltySource a/*_01.csv, a/*_02.csv).RowsUsed").Succeeded().Output);
        Assert.Equal([2L], _session.Run("(Import-LoyaltySource nothing*, b/SUPPORT_CALLS.csv).RowsUsed").Succeeded().Output);
        // What is there and is no source is another thing than nothing.
        Assert.Equal("SourcePathNotFound", _session.Run("Import-LoyaltySource a/*.txt").ErrorId);
        Assert.Equal("PathNotSupported", _session.Run("Import-LoyaltySource 'Variable:*'").ErrorId);
    }

    private string Users() => string.Join(' ', _session.Query("SELECT USER_ID FROM DW_B.SUPPORT_CALLS ORDER BY 1"));

    private void Write(string name, params int[] users)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_session.PathOf(name))!);
        File.WriteAllLines(_session.PathOf(name), [Header, .. users.Select(user => $"{user},1999-01-01,1")]);
    }
}
