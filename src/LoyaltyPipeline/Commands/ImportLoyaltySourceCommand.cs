using System.Management.Automation;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Parameters;
using LoyaltyPipeline.Steps;

namespace LoyaltyPipeline.Commands;

/// <summary>Brings files into source tables: CSV, JSON lines or Parquet, a file or a folder.</summary>
/// <remarks>
/// <para>
/// A file is named after its table, USER_ACTIVITY.csv.gz; a day, a time and the number of a part may follow, USER_ACTIVITY_2026-06-30.csv.
/// A day is best written so: 30-06-2026 is taken where it can be no other day, 05-06-2026 is not. Eight digits are a day, but a number
/// where they follow "part", or begin with 0 and are no day. Columns are matched by name, in any order; text in a CSV file is UTF-8, an
/// empty cell and \N are NULL and "" is the empty text; times are UTC unless they have an offset.
/// </para>
/// <para>
/// Of a folder, a file that is left out is named by a warning, with the reason: a name that says no table or no format, a day that there is
/// none of (2026-02-31, 31-02-2026, 99999999), a month that there is none of (2026-13), a day that may be another too (05-06-2026), a
/// hidden file that is named after a table (.USER_PROFILE.csv, _USER_PROFILE.csv). Passed over without a word are the marks and hidden
/// files of other programs, such as _SUCCESS, .DS_Store and .USER_PROFILE.csv.crc, and files that are still being copied:
/// .USER_PROFILE.csv.Ab12Cd as rsync names them, and names that end in .part, .partial, .filepart, .tmp, .crdownload or ._COPYING_.
/// </para>
/// <para>
/// A row that cannot be used goes to quarantine with file, line, column and reason and never stops the others; rows read are always rows
/// used plus rows rejected. A file that is cut off, be it in the middle of its last row, that is written while it is read, lacks a column
/// that is needed or has no header is refused whole.
/// </para>
/// <para>
/// -Mode Replace is stopped by a guard where a table that holds rows would be left with none: more often than not, the delivery failed.
/// Where the table is to be empty, -Force lets it pass and is recorded.
/// </para>
/// <para>
/// With -Mode Replace all files that are given for a table, by whatever paths, are put in its place together, once all paths are known; one
/// that does not exist is then an error before anything is replaced.
/// </para>
/// <para>
/// Texts of which the catalog declares no personal data are looked at in a sample of the rows: a column that seems to hold some is warned
/// of, by its name and what it seems to hold.
/// </para>
/// <para>Each table is one transaction. A table that fails is an error after which the others go on; use -ErrorAction Stop in jobs that
/// nobody watches.</para>
/// <para>
/// What it emits can be piped to Invoke-LoyaltyMerge and Test-PipelineIntegrity, which wait for all of it and work on the same warehouse;
/// they do nothing where a table failed or nothing was imported.
/// </para>
/// </remarks>
/// <example>
/// <code>Import-LoyaltySource ./landing</code>
/// Imports every file of the folder that is named after a source table.
/// </example>
/// <example>
/// <code>Import-LoyaltySource ./landing | Invoke-LoyaltyMerge -RunDate 2026-06-30 | Test-PipelineIntegrity | Export-EngagementSegment Marketing, CustomerSuccess -Destination ./drop</code>
/// Imports, merges the day, checks, and delivers what is sound.
/// </example>
/// <example>
/// <code>Import-LoyaltySource ./export.csv -Table USER_PROFILE -Mode Replace -MaxRejected 0.1%</code>
/// Replaces the profiles by those of the file, unless more than one row in a thousand is unusable.
/// </example>
/// <example>
/// <code>Import-LoyaltySource ./landing/USER_ACTIVITY_*.csv.gz -Mode Replace</code>
/// Replaces the activity by all the parts together.
/// </example>
/// <example>
/// <code>Import-LoyaltySource ./landing -WhatIf</code>
/// Reads everything and says what an import would do.
/// </example>
[Cmdlet(VerbsData.Import, "LoyaltySource", SupportsShouldProcess = true)]
[OutputType(typeof(ImportResult))]
public sealed class ImportLoyaltySourceCommand : StepCmdlet
{
    private readonly List<SourceFile> _replacing = [];
    private readonly HashSet<string> _named = new(PathSpelling.Comparer);
    private (string? Warehouse, string? Config) _target;
    private IWarehouse? _warehouse;
    private PipelineDefinition? _pipeline;

    /// <summary>A file, or a folder whose files are named after source tables; * and ? stand for any characters and any one.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The source table, where the file name does not say it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SourceTableCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Table { get; set; }

    /// <summary>
    /// Upsert replaces stored rows by key, Append adds, Replace puts all files given for a table in place of what it holds.
    /// </summary>
    [Parameter]
    [NamesTransformation]
    public ImportMode Mode { get; set; } = ImportMode.Upsert;

    /// <summary>
    /// How many rows of a table may be rejected, as a count or a percentage; beyond it nothing of the table is imported, and quarantine
    /// tells why. Where it is not given, 30 %, reckoned of 20 rows where there are fewer.
    /// </summary>
    [Parameter]
    [RowLimitTransformation]
    public RowLimit? MaxRejected { get; set; }

    /// <summary>
    /// What separates the values of a CSV file: any character but a quote, a line end and control characters, of which a tab, U+0001 and
    /// U+001C to U+001F are taken.
    /// </summary>
    [Parameter]
    [ValidateDelimiter]
    public char Delimiter { get; set; } = ',';

    /// <summary>
    /// What stands for NULL in a CSV file where no quotes are around it, beside an empty cell, \N and what pipeline.yml names.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] NullToken { get; set; } = [];

    /// <summary>Lets Replace empty a table of which no usable row is delivered; it is warned of and recorded.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (_target != (Warehouse?.Location, Config))
        {
            await ReplaceAsync(cancellationToken);
            _named.Clear();
        }

        _target = (Warehouse?.Location, Config);
        _warehouse = await OpenWarehouseAsync(cancellationToken);
        _pipeline = await LoadPipelineAsync(cancellationToken);
        foreach (var path in Path)
        {
            var found = await FindAsync(_pipeline, path);
            if (Mode == ImportMode.Replace)
                _replacing.AddRange(found.SelectMany(files => files));
            else
                await ImportAsync(OncePerFile(found), cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override Task EndStepAsync(CancellationToken cancellationToken) => ReplaceAsync(cancellationToken);

    // What replaces a table is all that is given for it: file by file, each would replace the one before.
    private async Task ReplaceAsync(CancellationToken cancellationToken)
    {
        if (_replacing.Count == 0)
            return;
        var files = new LandingFolder(_pipeline!.Catalog, Reporter.Warning).Group(_replacing);
        _replacing.Clear();
        await ImportAsync(files, cancellationToken);
    }

    // One that is named by itself and as a part of its folder would be added twice.
    private IReadOnlyList<IGrouping<CatalogTable, SourceFile>> OncePerFile(IReadOnlyList<IGrouping<CatalogTable, SourceFile>> found)
    {
        var files = found.SelectMany(group => group).ToList();
        foreach (var again in files.Where(file => !_named.Add($"{file.Table} {file.Path}")).ToList())
        {
            Reporter.Warning($"{again.Path} is named more than once: it is read once.");
            files.Remove(again);
        }

        return new LandingFolder(_pipeline!.Catalog, Reporter.Warning).Group(files);
    }

    private async Task<IReadOnlyList<IGrouping<CatalogTable, SourceFile>>> FindAsync(PipelineDefinition pipeline, string path)
    {
        try
        {
            // No table is replaced by a part of what was meant.
            var landing = new LandingFolder(pipeline.Catalog, Reporter.Warning, Mode == ImportMode.Replace ? null : Reporter.NotFound);
            path = PathSpelling.WithoutMark(path);
            var full = await ResolvePathAsync(path);
            // A name with brackets is a pattern only where there is no such file.
            if (!WildcardPattern.ContainsWildcardCharacters(path) || File.Exists(full) || Directory.Exists(full))
                return landing.Find(full, Table);
            var places = await ExpandPathAsync(path);
            // A pattern that fits nothing has found nothing; but no table is replaced by a part of what was meant.
            return places.Count == 0 && Mode != ImportMode.Replace ? [] : landing.FindAll(places, path, Table);
        }
        catch (LoyaltyException exception) when (Mode != ImportMode.Replace)
        {
            // The other paths go on; but no table is replaced by a part of what was meant.
            await WriteErrorAsync(exception);
            return [];
        }
    }

    private async Task ImportAsync(IReadOnlyList<IGrouping<CatalogTable, SourceFile>> tables, CancellationToken cancellationToken)
    {
        foreach (var files in tables)
            await ImportAsync(_warehouse!, _pipeline!, files, cancellationToken);
    }

    private async Task ImportAsync(
        IWarehouse warehouse, PipelineDefinition pipeline, IGrouping<CatalogTable, SourceFile> files, CancellationToken cancellationToken)
    {
        var names = string.Join(", ", files.Select(file => file.Name));
        var planOnly = !await ShouldProcessAsync($"Import {names} into {files.Key} ({Mode})", $"Import {names} into {files.Key}?");
        if (planOnly && !await IsWhatIfAsync())
            return;
        try
        {
            var options = new ImportOptions(Mode, MaxRejected, Delimiter, Force, planOnly, LockWait) { NullTokens = NullToken };
            await EmitAsync(
                await new SourceImporter(pipeline).ImportAsync(warehouse, files.Key, [.. files], options, Reporter, cancellationToken));
        }
        catch (LoyaltyException exception) when (exception.Definition != LoyaltyErrors.WarehouseNotInitialized)
        {
            // The next table may well be sound.
            await WriteErrorAsync(exception);
        }
    }
}
