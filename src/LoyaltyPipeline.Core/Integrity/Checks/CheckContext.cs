using System.Globalization;
using System.Numerics;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Erasure;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>The warehouse as a test run finds it.</summary>
/// <param name="tables">The shapes of all tables within reach.</param>
/// <param name="newest">The newest written day and the merge that last wrote it; null where there is none.</param>
internal sealed class CheckContext(
    PipelineDefinition pipeline, IWarehouseSession session, IntegrityOptions options, IReadOnlyDictionary<string, TableShape> tables,
    NewestMerge? newest)
{
    private readonly Dictionary<Measure, object?> _values = [];
    private readonly Dictionary<Measure, LoyaltyException> _failures = [];
    private readonly Dictionary<ReferenceProbe, long> _matches = [];
    private readonly Dictionary<TableName, LoyaltyException> _unreadable = [];
    private readonly Dictionary<string, double> _seconds = new(StringComparer.Ordinal);

    public PipelineDefinition Pipeline => pipeline;

    public LoyaltyCatalog Catalog => pipeline.Catalog;

    public IWarehouseSession Session => session;

    /// <summary>What is asked for.</summary>
    public IntegrityOptions Options => options;

    /// <summary>The shapes of all tables within reach.</summary>
    public IReadOnlyDictionary<string, TableShape> Tables => tables;

    /// <summary>The newest merge.</summary>
    public NewestMerge? Newest => newest;

    /// <summary>The erased users whom sources hold, and merges leave out; null where there are none.</summary>
    public ErasedInSources? Erased { get; init; }

    /// <summary>Where a table of the catalog is, as SQL names it.</summary>
    public string Locate(TableName table) => pipeline.Config.Locate(table);

    /// <summary>The shape of a table; null where it does not exist.</summary>
    public TableShape? ShapeOf(TableName table) => tables.GetValueOrDefault(Locate(table).ToUpperInvariant());

    /// <summary>Whether a table has the columns.</summary>
    public bool Has(TableName table, params IEnumerable<string> columns) =>
        ShapeOf(table) is { } shape && columns.All(shape.Columns.ContainsKey);

    /// <summary>
    /// What is not there that a check needs; null where everything is. Departments may leave out all sources but the profiles.
    /// </summary>
    public (string Reason, bool IsAllowed)? Lack(Check check)
    {
        foreach (var need in check.Needs)
        {
            if (ShapeOf(need.Table) is not { } shape)
                return (
                    $"{Locate(need.Table)} does not exist",
                    Catalog.Find(need.Table.ToString()) is { Kind: TableKind.Source, Required: false });
            if (WhyUnreadable(need.Table) is { } failure)
                return ($"{failure.ErrorId}: {failure.Message}", IsAllowed: false);
            if (need.Columns.FirstOrDefault(column => !shape.Columns.ContainsKey(column)) is { } missing)
                return ($"{Locate(need.Table)} has no column {missing}", IsAllowed: false);
        }

        return null;
    }

    /// <summary>Why a source that is there cannot be read; null where it can.</summary>
    public LoyaltyException? WhyUnreadable(TableName table) => _unreadable.GetValueOrDefault(table);

    /// <summary>Keeps why a source cannot be read.</summary>
    public void KeepUnreadable(TableName table, LoyaltyException failure) => _unreadable[table] = failure;

    /// <summary>The number of rows of a table.</summary>
    public Measure RowsOf(TableName table) => Measure.Rows(Locate(table));

    /// <summary>Keeps a computed aggregate. Whole numbers are kept in one type: engines count in several widths.</summary>
    public void Keep(Measure measure, object? value) => _values[measure] = value switch
    {
        long or int => new BigInteger(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        decimal number when decimal.IsInteger(number) => new BigInteger(number),
        _ => value,
    };

    /// <summary>Keeps why an aggregate could not be computed.</summary>
    public void Keep(Measure measure, LoyaltyException failure) => _failures[measure] = failure;

    /// <summary>Keeps how long an aggregate of a table took, its share of the scan.</summary>
    public void KeepSeconds(string relation, double seconds) => _seconds[relation] = seconds;

    /// <summary>How long an aggregate of a table took.</summary>
    public double SecondsOf(string relation) => _seconds.GetValueOrDefault(relation);

    /// <summary>Keeps how many values of a column were found where they refer to.</summary>
    public void Keep(ReferenceProbe probe, long matches) => _matches[probe] = matches;

    /// <summary>Whether the values of a column have been looked up.</summary>
    public bool TryMatches(ReferenceProbe probe, out long matches) => _matches.TryGetValue(probe, out matches);

    /// <summary>An aggregate.</summary>
    /// <exception cref="LoyaltyException">It could not be computed.</exception>
    public object? Value(Measure measure) => _failures.TryGetValue(measure, out var failure) ? throw failure : _values[measure];

    /// <summary>A count.</summary>
    /// <exception cref="LoyaltyException">It could not be computed.</exception>
    public long Count(Measure measure) => (long)(BigInteger)(Value(measure) ?? BigInteger.Zero);
}
