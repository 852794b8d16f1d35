using System.Management.Automation;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.PiiScan;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Looks for personal data in tables and files, by the names of columns and a sample of their values.</summary>
/// <remarks>
/// <para>
/// Emits an object for each column and each kind of personal data that it seems to hold: Email, Phone, CardNumber, Iban, NationalId (of
/// Belgium, Brazil, China, Finland, France, Germany, Italy, the Netherlands, Norway, Poland, South Africa, Spain and Sweden), PersonName,
/// IpAddress, Coordinates, and FreeText for texts in which an address or a number of a telephone, a card or an account stands. Share says
/// how many of the values that are neither null nor blank are of the kind. IsDeclared says whether the catalog declares the column as
/// personal data of a fitting class; it is empty for a file that is named after no table. Examples are masked: no personal value is shown.
/// </para>
/// <para>
/// A column is judged as a whole. One of ten numbers has the check digit of a card by chance, so that a column of numbers of orders is no
/// finding; there must be more matches than chance makes, and the more the less the name of the column says. Confidence is High where most
/// values are of the kind and the column is called so, or where nearly all are and chance could not have made them so; Low where less than
/// a tenth is; else Medium. docs/personal-data.md tells the rules and how often they are right.
/// </para>
/// <para>
/// Columns of texts and numbers are looked at, those too that the catalog does not know; of a long value its beginning. The sample is the
/// same each time and spread over all rows. Nothing is written, and no lock is taken.
/// </para>
/// <para>
/// -Path takes files of any name, in the formats that Import-LoyaltySource reads, and needs no warehouse. Of a folder all such files are
/// looked at, not those of folders in it.
/// </para>
/// </remarks>
/// <example>
/// <code>Find-LoyaltyPii</code>
/// Looks through all tables of the warehouse.
/// </example>
/// <example>
/// <code>(Find-LoyaltyPii -Table DW_*).Where{ -not $_.IsDeclared }</code>
/// Shows columns of sources that seem to hold what the catalog does not declare.
/// </example>
/// <example>
/// <code>Find-LoyaltyPii -Path ./landing/USER_PROFILE.csv -Kind Email, Phone</code>
/// Looks for addresses and telephone numbers in a file, before it is imported.
/// </example>
/// <example>
/// <code>Get-ChildItem ./landing -Filter *.csv | Find-LoyaltyPii -SampleRows 100000</code>
/// Looks through some files, at more rows of each.
/// </example>
[Cmdlet(VerbsCommon.Find, "LoyaltyPii", DefaultParameterSetName = OfTables)]
[OutputType(typeof(PiiFinding))]
public sealed class FindLoyaltyPiiCommand : PipelineCmdlet
{
    private const string OfTables = "Table";
    private const string OfFiles = "Path";

    /// <summary>
    /// Only these tables of the catalog, with or without schema; * and ? stand for any characters and any one. Where it is not given, all
    /// tables, without views.
    /// </summary>
    [Parameter(ParameterSetName = OfTables, Position = 0)]
    [ArgumentCompleter(typeof(CatalogTableCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Table { get; set; } = [];

    /// <summary>Files, or folders of files, in place of tables; * and ? stand for any characters and any one.</summary>
    [Parameter(ParameterSetName = OfFiles, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Only these kinds of personal data; * and ? stand for any characters and any one.</summary>
    [Parameter]
    [NamesTransformation(TakesSeveral = true)]
    [ArgumentCompleter(typeof(PiiKindCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Kind { get; set; } = [];

    /// <summary>At most so many rows of each table or file are looked at.</summary>
    [Parameter]
    [ValidateRange(1, 10_000_000)]
    [WholeNumberTransformation]
    public int SampleRows { get; set; } = PiiScanOptions.UsualRows;

    /// <summary>
    /// What separates the values of a CSV file: any character but a quote, a line end and control characters, of which a tab, U+0001 and
    /// U+001C to U+001F are taken.
    /// </summary>
    [Parameter(ParameterSetName = OfFiles)]
    [ValidateDelimiter]
    public char Delimiter { get; set; } = ',';

    /// <summary>
    /// What stands for NULL in a CSV file where no quotes are around it, beside an empty cell, \N and what pipeline.yml names.
    /// </summary>
    [Parameter(ParameterSetName = OfFiles)]
    [ValidateNotNullOrEmpty]
    public string[] NullToken { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var kinds = FindKinds();
        if (kinds.Count == 0)
            return;
        var options = new PiiScanOptions
        {
            SampleRows = SampleRows,
            Kinds = kinds,
            Delimiter = Delimiter,
            NullTokens = NullToken,
            LockWait = LockWait,
        };
        var scanner = new PiiScanner(await LoadPipelineAsync(cancellationToken), options, Reporter);
        if (ParameterSetName == OfFiles)
        {
            foreach (var path in Path)
                await ScanPathAsync(scanner, path, cancellationToken);
            return;
        }

        await foreach (var finding in scanner.ScanTablesAsync(await OpenWarehouseAsync(cancellationToken), Table, cancellationToken))
            await WriteObjectAsync(finding);
    }

    private IReadOnlyList<PiiKind> FindKinds()
    {
        if (Kind.Length == 0)
            return Enum.GetValues<PiiKind>();
        var match = NameMatch.Of(Kind, Enum.GetNames<PiiKind>());
        foreach (var name in match.Missing)
            Reporter.NotFound(
                LoyaltyErrors.PiiKindUnknown.Because(
                    $"There is no kind of personal data {name}.", name, $"Use {string.Join(", ", Enum.GetNames<PiiKind>())}."));
        return [.. match.Found.Select(Enum.Parse<PiiKind>)];
    }

    private async Task ScanPathAsync(PiiScanner scanner, string path, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var place in await FindAsync(path))
            {
                await foreach (var finding in scanner.ScanFilesAsync(place, cancellationToken))
                    await WriteObjectAsync(finding);
            }
        }
        catch (LoyaltyException exception)
        {
            // The other files are looked at all the same.
            await WriteErrorAsync(exception);
        }
    }

    private async Task<IReadOnlyList<string>> FindAsync(string path)
    {
        path = PathSpelling.WithoutMark(path);
        var full = await ResolvePathAsync(path);
        // A name with brackets is a pattern only where there is no such file.
        return !WildcardPattern.ContainsWildcardCharacters(path) || File.Exists(full) || Directory.Exists(full)
            ? [full]
            : await ExpandPathAsync(path);
    }
}
