using System.Reflection;

namespace LoyaltyPipeline.Core.Errors;

/// <summary>The error catalogue: every failure that the product understands.</summary>
public static class LoyaltyErrors
{
    /// <summary>The catalog file cannot be used.</summary>
    public static readonly ErrorDefinition CatalogInvalid = new(nameof(CatalogInvalid), ErrorKind.InvalidData,
        "Correct the catalog at the line named, or take the file of the module's release.");

    /// <summary>A configuration file cannot be used.</summary>
    public static readonly ErrorDefinition ConfigInvalid = new(nameof(ConfigInvalid), ErrorKind.InvalidInput,
        "Correct the configuration at the line named; about_LoyaltyPipeline shows a complete one.");

    /// <summary>Master_Table.sql cannot be used.</summary>
    public static readonly ErrorDefinition MasterScriptInvalid = new(nameof(MasterScriptInvalid), ErrorKind.InvalidData,
        "Correct sql/Master_Table.sql; a column it yields must stand in the catalog under LOYALTY.MASTER.");

    /// <summary>No warehouse was named and none is connected.</summary>
    public static readonly ErrorDefinition WarehouseNotConnected = new(nameof(WarehouseNotConnected), ErrorKind.InvalidOperation,
        "Run Connect-LoyaltyWarehouse first, give -Warehouse, or set the environment variable LOYALTY_WAREHOUSE to a DuckDB file.");

    /// <summary>The warehouse was disconnected.</summary>
    public static readonly ErrorDefinition WarehouseClosed = new(nameof(WarehouseClosed), ErrorKind.InvalidOperation,
        "Run Connect-LoyaltyWarehouse again and use the object it returns.");

    /// <summary>The warehouse cannot be opened.</summary>
    public static readonly ErrorDefinition WarehouseUnavailable = new(nameof(WarehouseUnavailable), ErrorKind.Unavailable,
        "Check that the path is right, that its folder exists and that you may write there.");

    /// <summary>Another process has the DuckDB file open.</summary>
    public static readonly ErrorDefinition WarehouseBusy = new(nameof(WarehouseBusy), ErrorKind.Busy,
        "Wait for the other process with -LockTimeout, or end it; a DuckDB file is open in one process at a time.");

    /// <summary>The warehouse lacks its tables.</summary>
    public static readonly ErrorDefinition WarehouseNotInitialized = new(nameof(WarehouseNotInitialized), ErrorKind.InvalidOperation,
        "Run Initialize-LoyaltyWarehouse once; it creates what is missing and changes nothing else.");

    /// <summary>A table of the warehouse differs from the catalog in a way that cannot be upgraded.</summary>
    public static readonly ErrorDefinition SchemaConflict = new(nameof(SchemaConflict), ErrorKind.InvalidData,
        "Rename or convert the column named, then run Initialize-LoyaltyWarehouse again.");

    /// <summary>The engine refused or failed a statement.</summary>
    public static readonly ErrorDefinition QueryFailed = new(nameof(QueryFailed), ErrorKind.Unavailable,
        "Read the engine's message; if it speaks of memory or disk, free some and run again: nothing was changed.");

    /// <summary>Another run holds the lock of the warehouse.</summary>
    public static readonly ErrorDefinition RunLocked = new(nameof(RunLocked), ErrorKind.Busy,
        "Wait for the other run with -LockTimeout, or start again when it has ended.");

    /// <summary>A file or folder to import does not exist.</summary>
    public static readonly ErrorDefinition SourcePathNotFound = new(nameof(SourcePathNotFound), ErrorKind.NotFound,
        "Check the path; it must be a file, or a folder of files named after source tables.");

    /// <summary>A file name names no source table.</summary>
    public static readonly ErrorDefinition SourceTableUnknown = new(nameof(SourceTableUnknown), ErrorKind.InvalidInput,
        "Name the file after its table, for example USER_ACTIVITY.csv.gz or USER_ACTIVITY_01.csv, or give -Table.");

    /// <summary>A file has a format that cannot be imported.</summary>
    public static readonly ErrorDefinition SourceFormatUnknown = new(nameof(SourceFormatUnknown), ErrorKind.InvalidInput,
        "Import .csv, .csv.gz, .parquet, .jsonl, .ndjson or their .gz forms.");

    /// <summary>A file cannot be read.</summary>
    public static readonly ErrorDefinition SourceFileUnreadable = new(nameof(SourceFileUnreadable), ErrorKind.InvalidData,
        "Have the file delivered again, whole; nothing of it was imported.");

    /// <summary>A file lacks a column that the table needs.</summary>
    public static readonly ErrorDefinition SourceColumnMissing = new(nameof(SourceColumnMissing), ErrorKind.InvalidData,
        "Add the column to the file's header, or import with the right -Table or -Delimiter.");

    /// <summary>Too many rows of an import were rejected.</summary>
    public static readonly ErrorDefinition TooManyRejected = new(nameof(TooManyRejected), ErrorKind.InvalidData,
        "Repair the file, or raise -MaxRejected; nothing was imported.");

    /// <summary>A source that the merge needs is missing or empty.</summary>
    public static readonly ErrorDefinition SourceMissing = new(nameof(SourceMissing), ErrorKind.NotFound,
        "Import the source first with Import-LoyaltySource.");

    /// <summary>The first day of a replay lies after its last.</summary>
    public static readonly ErrorDefinition RunDatesReversed = new(nameof(RunDatesReversed), ErrorKind.InvalidInput,
        "Give -From the earlier and -To the later day.");

    /// <summary>No day up to the one asked for has been written.</summary>
    public static readonly ErrorDefinition DayNotWritten = new(nameof(DayNotWritten), ErrorKind.NotFound,
        "Ask for a later day, or write the day with Invoke-LoyaltyMerge -RunDate.");

    /// <summary>Master has no column of the name.</summary>
    public static readonly ErrorDefinition ColumnUnknown = new(nameof(ColumnUnknown), ErrorKind.InvalidInput,
        "Give the name of a column that Master has; * and ? stand for any characters.");

    /// <summary>Master would have two rows for a user.</summary>
    public static readonly ErrorDefinition DuplicateKey = new(nameof(DuplicateKey), ErrorKind.InvalidData,
        "Make Master_Table.sql yield one row per USER_ID; look for a join that multiplies rows.");

    /// <summary>A guard stopped the merge.</summary>
    public static readonly ErrorDefinition GuardTripped = new(nameof(GuardTripped), ErrorKind.InvalidData,
        "Check that the sources are complete; if the change is meant, run again with -Force. Nothing was changed.");

    /// <summary>Counts that must agree do not.</summary>
    public static readonly ErrorDefinition ReconciliationFailed = new(nameof(ReconciliationFailed), ErrorKind.InvalidData,
        "This is a defect of the module or a source that changed while it was read; run again, and report it if it stays. Nothing was changed.");

    /// <summary>A sample would overwrite data.</summary>
    public static readonly ErrorDefinition SampleTargetNotEmpty = new(nameof(SampleTargetNotEmpty), ErrorKind.InvalidOperation,
        "Use an empty warehouse or folder, or give -Force to replace what is there.");

    /// <summary>A run id names no run.</summary>
    public static readonly ErrorDefinition RunNotFound = new(nameof(RunNotFound), ErrorKind.NotFound,
        "List the runs with Get-LoyaltyRun.");

    /// <summary>All entries, by id.</summary>
    public static IReadOnlyDictionary<string, ErrorDefinition> All { get; } =
        typeof(LoyaltyErrors).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetValue(null))
            .OfType<ErrorDefinition>()
            .ToDictionary(definition => definition.Id, StringComparer.Ordinal);
}
