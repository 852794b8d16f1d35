using System.Collections;
using System.Management.Automation;
using LoyaltyPipeline.Core.Answers;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Runs a SELECT of your own over the warehouse and its sources, and emits its rows as objects.</summary>
/// <remarks>
/// <para>
/// A query is one SELECT, with or without WITH. It reads tables and views of the warehouse and of its sources, and range, generate_series
/// and unnest; no files, no network, no settings and no lists of the engine. It can write nothing: what would is refused (QueryRefused)
/// before it is run, and it runs in a transaction that cannot write. Runs that write go on beside it.
/// </para>
/// <para>
/// Each row is an object with a property for each column. Whole numbers are Int64, others Decimal or Double; days and times are DateTime,
/// times in UTC; Boolean, text, TimeSpan, Guid and Byte[] are what they say; a list is an array, a structure an object; NULL is $null. Of
/// several columns of one name the first keeps it, the others are NAME_1, NAME_2. Rows are emitted as they are made, and Select-Object
/// -First ends the query.
/// </para>
/// <para>
/// @name in the query stands for a value that -Parameter gives. Values go to the engine apart from the text and are never part of it,
/// whatever is in them. A TimeSpan is an interval, a TimeOnly a time of day. A list stands for its elements, as in IN (@ids). Write the
/// query in single quotes, or PowerShell puts its own variables in place of what begins with $. Tables of the schema LOYALTY can be named without it.
/// </para>
/// <para>
/// What the query asks for is shown, personal data too: it is your own query over data that you may read. Errors say what the engine says
/// and where, without values. On Snowflake, lists and structures come as JSON text; ConvertFrom-Json reads them.
/// </para>
/// </remarks>
/// <example>
/// <code>Invoke-LoyaltyQuery 'SELECT REGION_CODE, COUNT(*) AS USERS FROM MASTER GROUP BY REGION_CODE ORDER BY USERS DESC'</code>
/// Counts the users of each region.
/// </example>
/// <example>
/// <code>Invoke-LoyaltyQuery 'SELECT USER_ID, ENGAGEMENT_SCORE FROM MASTER WHERE ENGAGEMENT_SEGMENT = @segment AND REGION_CODE IN (@regions)' -Parameter @{ segment = 'Highly Engaged'; regions = 'DE-BAY', 'US-EAST' }</code>
/// Shows the highly engaged users of some regions.
/// </example>
/// <example>
/// <code>Invoke-LoyaltyQuery 'SELECT ENGAGEMENT_SEGMENT, COUNT(*) AS USERS FROM MASTER GROUP BY ALL' -AsOf 2026-05-31</code>
/// Counts the users of each segment as Master was on a day.
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "LoyaltyQuery")]
[OutputType(typeof(PSObject))]
public sealed class InvokeLoyaltyQueryCommand : PipelineCmdlet
{
    /// <summary>The query.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(QueryCompleter))]
    [ValidateNotNullOrEmpty]
    public string Query { get; set; } = string.Empty;

    /// <summary>The values of the parameters of the query, by their names.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public IDictionary Parameter { get; set; } = new Hashtable();

    /// <summary>
    /// Puts what History has for this day in the place of Master, wherever the query names it. A day that has not been written stands for
    /// the last written day before it.
    /// </summary>
    [Parameter]
    [RunDateTransformation]
    [ArgumentCompleter(typeof(WrittenDayCompleter))]
    public DateOnly? AsOf { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var request = new QueryRequest(Query, Values(), AsOf);
        var pipeline = await LoadPipelineAsync(cancellationToken);
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        await foreach (var row in new QueryReader(pipeline).ReadAsync(warehouse, request, LockWait, Reporter, cancellationToken))
            await WriteObjectAsync(Shown(row));
    }

    private Dictionary<string, object?> Values()
    {
        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in Parameter)
        {
            var name = entry.Key.ToString()!.TrimStart('@');
            if (!values.TryAdd(name, Plain(entry.Value)))
                throw LoyaltyErrors.QueryParameterInvalid.Because($"-Parameter gives two values to @{name}.", name);
        }

        return values;
    }

    private static object? Plain(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        string text => text,
        SwitchParameter given => given.ToBool(),
        IEnumerable list => list.Cast<object?>().Select(Plain).ToArray(),
        var plain => plain,
    };

    private static PSObject Shown(QueryRow row)
    {
        var shown = new PSObject();
        for (var index = 0; index < row.Names.Count; index++)
            shown.Properties.Add(new PSNoteProperty(row.Names[index], Nested(row.Values[index])), preValidated: true);
        return shown;
    }

    private static object? Nested(object? value) => value switch
    {
        QueryRow row => Shown(row),
        object?[] list => list.Select(Nested).ToArray(),
        _ => value,
    };
}
