using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.Truth;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Catalog;

/// <summary>The catalog that the module ships, against the design.</summary>
public sealed class CatalogTests
{
    private static LoyaltyCatalog Catalog => ShippedCatalog.Catalog;

    private static IEnumerable<(CatalogTable Table, CatalogColumn Column)> AllColumns =>
        Catalog.Tables.SelectMany(table => table.Columns.Select(column => (table, column)));

    [Fact]
    public void Sources_are_those_of_the_design() =>
        Assert.Equal(
        SourceDefinitions.All.Select(source => source.Declared.Text), Catalog.Sources.Select(CatalogText.Describe), StringComparer.Ordinal);

    [Fact]
    public void Master_has_the_columns_of_the_design()
    {
        Assert.Equal(MasterDefinition.Text, CatalogText.Columns(Catalog.Master.Columns));
        Assert.Equal(["USER_ID"], Catalog.Master.Key.Select(column => column.Name));
    }

    [Fact]
    public void History_has_the_columns_of_Master_and_the_days_between_which_a_version_holds()
    {
        var history = Catalog.Table("LOYALTY.HISTORY");

        Assert.Equal($"{MasterDefinition.Text}; VALID_FROM DATE; VALID_TO DATE null", CatalogText.Columns(history.Columns));
        Assert.Equal(["USER_ID", "VALID_FROM"], history.Key.Select(column => column.Name));
    }

    [Fact]
    public void The_tables_of_the_warehouse_are_those_that_the_pipeline_writes() => Assert.Equal(
        ["MASTER", "HISTORY", "SNAPSHOT", "RUN", "RUN_STEP", "RUN_SOURCE", "QUARANTINE", "SUPPRESSION", "DELIVERY", "DELIVERY_FILE",
            "DELIVERED_MEMBER", "METRIC", "ADOPTION", "CHECK_RESULT", "ERASURE", "ERASURE_KEY", "AUDIT", "AUDIT_HEAD", "NOTIFICATION",
            "SCHEMA_VERSION", "RUN_LOCK"],
        Catalog.Tables.Where(table => table.Kind == TableKind.Warehouse).Select(table => table.Name.Table));

    [Fact]
    public void The_daily_log_has_the_columns_of_Master_and_the_day() =>
        Assert.Equal(
            $"{MasterDefinition.Text}; SNAPSHOT_DATE DATE", CatalogText.Columns(Catalog.Table("LOYALTY.HISTORY_SNAPSHOT").Columns));

    [Fact]
    public void Of_the_views_only_the_daily_log_and_the_masked_ones_tell_of_single_users()
    {
        var views = Catalog.Tables.Where(table => table.Kind == TableKind.View).ToList();

        Assert.Equal(
            ["HISTORY_SNAPSHOT", "MASTER_MASKED", "HISTORY_MASKED", "FEATURE_ADOPTION_TREND", "FEATURE_ADOPTION_BY_REGION",
                "ENGAGEMENT_BY_REGION", "SEGMENT_TREND", "RUN_HEALTH"],
            views.Select(view => view.Name.Table));
        Assert.Equal(
            ["HISTORY_SNAPSHOT", "MASTER_MASKED", "HISTORY_MASKED"],
            views.Where(view => !view.IsForReaders).Select(view => view.Name.Table));
    }

    [Fact]
    public void Every_column_of_Master_comes_from_columns_of_sources()
    {
        Assert.All(Catalog.Master.Columns, column => Assert.NotEmpty(column.From));
        Assert.All(Catalog.Master.Columns.SelectMany(column => column.From), from =>
        {
            var source = Catalog.FindSource(from.Table.ToString());
            Assert.NotNull(source);
            Assert.Contains(source.Columns, column => column.Name == from.Column);
        });
    }

    [Fact]
    public void Every_source_has_consequences_for_Master() =>
        Assert.All(Catalog.Sources, source => Assert.NotEmpty(Catalog.MasterColumnsFrom(source)));

    [Fact]
    public void Every_table_and_column_is_described()
    {
        Assert.All(Catalog.Tables, table => Assert.EndsWith(".", table.Description.Split(':')[0] + ".", StringComparison.Ordinal));
        Assert.All(
            AllColumns,
            entry => Assert.True(
                entry.Column.Description is { Length: >= 5 } text && text.EndsWith('.') && char.IsUpper(text[0]),
                $"{entry.Table}.{entry.Column.Name}"));
    }

    [Fact]
    public void Columns_that_tell_who_somebody_is_have_a_class()
    {
        string[] telling = ["EMAIL", "NAME", "PHONE", "ADDRESS", "BIRTH"];
        string[] harmless = ["FEATURE_NAME", "MODULE_NAME", "REGION_NAME", "LOCK_NAME", "FILE_NAME", "TABLE_NAME", "COLUMN_NAME"];
        var suspects = AllColumns.Where(
            entry => telling.Any(word => entry.Column.Name.Contains(word, StringComparison.Ordinal))
                && !harmless.Contains(entry.Column.Name));

        Assert.All(suspects, entry => Assert.True(entry.Column.PersonalData != PersonalData.None, $"{entry.Table}.{entry.Column.Name}"));
        // What is personal at its source is personal in Master.
        Assert.All(Catalog.Master.Columns, column => Assert.All(column.From, from =>
            Assert.Equal(Catalog.Table(from.Table.ToString()).FindColumn(from.Column)!.PersonalData, column.PersonalData)));
    }

    [Theory]
    [InlineData("USER_ACTIVITY")]
    [InlineData("user_activity")]
    [InlineData("DW_A.USER_ACTIVITY")]
    [InlineData("dw_a.user_activity")]
    public void A_source_is_found_by_its_short_and_its_full_name(string name) =>
        Assert.Equal("DW_A.USER_ACTIVITY", Catalog.FindSource(name)?.Name.ToString());

    [Theory]
    [InlineData("MASTER")]
    [InlineData("LOYALTY.MASTER")]
    [InlineData("DW_B.USER_ACTIVITY")]
    [InlineData("")]
    public void What_is_no_source_is_not_found(string name) => Assert.Null(Catalog.FindSource(name));

    [Fact]
    public void Rows_of_a_key_are_decided_by_event_time_then_by_the_columns_in_order()
    {
        Assert.Equal(
            ["LAST_USED_AT DESC NULLS LAST", "MODULE_NAME DESC NULLS LAST", "FIRST_USED_AT DESC NULLS LAST", "USE_COUNT DESC NULLS LAST"],
            Catalog.Table("DW_B.FEATURE_ADOPTION").DecidingOrder());
        Assert.Equal(
            ["a.UPDATED_AT DESC NULLS LAST", "a.MARKETING_CONSENT ASC NULLS LAST", "a.EMAIL DESC NULLS LAST"],
            Catalog.Table("DW_A.USER_PROFILE").DecidingOrder("a.").Take(3));
        Assert.Equal(["SCORE DESC NULLS LAST"], Catalog.Table("DW_A.ENGAGEMENT_SCORE").DecidingOrder());
        Assert.Equal(
            ["COUNTRY DESC NULLS LAST"], Catalog.Table("DW_C.REGION_METADATA").DecidingOrder(isThere: column => column.Name == "COUNTRY"));
    }
}
