using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Hashing;
using LoyaltyPipeline.Core.Redaction;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Delivery.Planning;

/// <summary>How the rows of a consumer look: which columns, how they are redacted and written.</summary>
internal sealed class DeliveryForm
{
    /// <summary>The column that identifies a user.</summary>
    public const string UserId = "USER_ID";

    /// <summary>The first column of a Diff.</summary>
    public const string Change = "CHANGE";

    private const string SaltTable = "DELIVERY_SALT";
    private const string InnerPad = "INNER_PAD";
    private const string OuterPad = "OUTER_PAD";

    // Master has none of its own; where a catalog adds one, it says where a number without a country code is from.
    private const string Country = "COUNTRY";

    private readonly Consumer _consumer;
    private readonly string? _salt;
    private readonly string _row;
    private readonly SqlDialect _dialect;
    private readonly IReadOnlyList<ColumnRedaction> _numbers;

    private DeliveryForm(
        Consumer consumer, IReadOnlyList<DeliveryColumn> columns, SqlDialect dialect, string? salt, IReadOnlyList<ColumnRedaction> numbers)
    {
        _numbers = numbers;
        _consumer = consumer;
        _dialect = dialect;
        _salt = salt;
        Columns = columns;
        // What is not set leaves no trace: what was delivered before there was such a setting is the same still.
        string[] row = [.. columns.Select(column => $"{column.Name}:{column.Type}:{column.Redaction}"), salt ?? string.Empty,
            .. Hashing is { } rules ? [$"hashing:{rules}"] : Array.Empty<string>(),
            .. DefaultRegion is { } region ? [$"default_region:{region}"] : Array.Empty<string>()];
        _row = Hash(row);
        Sha256 = Hash(
            [.. row, consumer.Format.ToString(), consumer.Compression.ToString(), consumer.NullToken,
                consumer.NeutralizeFormulas.ToString()]);
    }

    /// <summary>The columns, in the order of the files.</summary>
    public IReadOnlyList<DeliveryColumn> Columns { get; }

    /// <summary>The columns that the consumer's settings name, not by a pattern, and redaction leaves out.</summary>
    public IReadOnlyList<string> NamedAndDropped { get; private init; } = [];

    /// <summary>Hash of everything that decides how a row is written, the salt too.</summary>
    public string Sha256 { get; }

    /// <summary>What a statement that reads delivered values must join for the salt; empty where there is none.</summary>
    public string SaltJoin => _salt is null ? string.Empty : $" CROSS JOIN {SaltTable}";

    /// <summary>
    /// SQL of a hash of the delivered row: of its identities, which are cheaper than the values, and of what they become. The format is not
    /// part of it: a row is the same in CSV and in Parquet.
    /// </summary>
    public string RowHash =>
        _dialect.Hash(SqlText.List([SqlText.Quote(_row), $"m.{UserId}", .. Columns.Select(column => column.Identity)]));

    /// <summary>SQL of whether a row has a value that should be a telephone number and is none; null where none are read.</summary>
    public string? HasUnreadableNumber => _numbers.Count == 0
        ? null
        : string.Join(" OR ", _numbers.Select(number => $"({number.IsUnreadable})"));

    // Of settings that nothing is made by the file is no other.
    private HashingRules? Hashing => Columns.Any(column => column.Redaction == RedactionMethod.Sha256) ? _consumer.Redaction.Hashing : null;

    private string? DefaultRegion => _numbers.Count > 0 ? _consumer.Redaction.DefaultRegion : null;

    /// <summary>The settings as a manifest states them.</summary>
    public ManifestSettings Settings => new()
    {
        Format = _consumer.Format,
        Compression = _consumer.Compression,
        NullToken = _consumer.Format == FileFormat.Csv ? _consumer.NullToken : null,
        NeutralizeFormulas = _consumer is { Format: FileFormat.Csv, NeutralizeFormulas: true },
        RequireConsent = _consumer.RequireConsent,
        RequireActiveAccount = _consumer.RequireActiveAccount,
        AudienceChange = _consumer.AudienceChange,
        Salted = _salt is not null,
        Hashing = Hashing,
        DefaultRegion = DefaultRegion,
    };

    /// <summary>Makes the form of a consumer.</summary>
    /// <param name="master">Master, which has the columns.</param>
    /// <param name="stored">The table that is read, which may lack columns yet.</param>
    /// <exception cref="LoyaltyException"><c>ColumnUnknown</c>, <c>DeliveryInvalid</c>, <c>SaltMissing</c>.</exception>
    public static DeliveryForm Create(Consumer consumer, CatalogTable master, TableShape stored, SqlDialect dialect)
    {
        var wanted = ColumnPattern.ChooseInOrder(master, consumer.Columns).ToLookup(
            column => consumer.Redaction.For(column) == RedactionMethod.Drop);
        var (chosen, dropped) = (wanted[false].ToList(), wanted[true]);
        if (chosen.TrueForAll(column => column.Name != UserId))
            throw LoyaltyErrors.DeliveryInvalid.Because(
                $"The columns of {consumer.Name} lack {UserId}, by which a consumer tells users apart.", consumer.Name);
        if (consumer.Redaction.Problem is { } problem)
            throw LoyaltyErrors.DeliveryInvalid.Because($"The redaction of {consumer.Name} is wrong: {problem.Reason}.", consumer.Name);
        var salt = chosen.Exists(column => consumer.Redaction.For(column) is RedactionMethod.Sha256 or RedactionMethod.Hmac)
            ? ReadSalt(consumer)
            : null;
        var redacted = chosen.ConvertAll(column => Redact(consumer, column, stored, dialect, salt is not null));
        DemandAble(consumer, dialect, [.. chosen.Zip(redacted)]);
        return new DeliveryForm(
            consumer, [.. chosen.Zip(redacted, (column, redaction) => Describe(consumer, column, redaction))], dialect, salt,
            redacted.FindAll(column => column.ReadsNumber))
        {
            NamedAndDropped = NameMatch.Of(
                [.. consumer.Columns.Where(name => !NameMatch.IsPattern(name))], [.. dropped.Select(column => column.Name)]).Found,
        };
    }

    private static void DemandAble(
        Consumer consumer, SqlDialect dialect, IReadOnlyList<(CatalogColumn Column, ColumnRedaction Redaction)> columns)
    {
        foreach (var (column, redaction) in columns)
        {
            var what = redaction.ReadsNumber && !dialect.CallsFunctions ? "cannot read telephone numbers, which"
                : redaction.Method == RedactionMethod.Hmac && !dialect.HasHmac ? "makes no HMAC, which"
                : null;
            if (what is not null)
                throw LoyaltyErrors.DeliveryInvalid.Because(
                    $"{dialect.Engine} {what} {column.Name} for {consumer.Name} is redacted by.", consumer.Name,
                    $"Deliver {consumer.Name} from a warehouse on DuckDB, or give {column.Name} another method in its redaction.");
        }
    }

    /// <summary>The columns as a manifest states them.</summary>
    /// <param name="mode">A Diff has one more.</param>
    public IReadOnlyList<ManifestColumn> ManifestColumns(DeliveryMode mode)
    {
        var columns = Columns.Select(
            column => new ManifestColumn
            {
                Name = column.Name,
                Type = column.Type,
                Redaction = column.Redaction,
                Description = column.Description,
            });
        var change = new ManifestColumn
        {
            Name = Change,
            Type = "VARCHAR",
            Redaction = RedactionMethod.Keep,
            Description = "What became of the user: added, changed or removed. Who is removed has nothing but an id.",
        };
        return mode == DeliveryMode.Full ? [.. columns] : [change, .. columns];
    }

    /// <summary>Makes the functions known that row hashes and values are made by.</summary>
    public void Define(IWarehouseSession session)
    {
        if (_numbers.Count > 0)
            PhoneFunction.Define(session);
    }

    /// <summary>Makes known to a session what values are made by: functions, and the salt, which never stands in a statement.</summary>
    public async Task PrepareAsync(IWarehouseSession session, CancellationToken cancellationToken)
    {
        Define(session);
        if (_salt is null)
            return;
        await session.ExecuteAsync($"CREATE OR REPLACE TEMPORARY TABLE {SaltTable} (SALT VARCHAR)", cancellationToken);
        await session.ExecuteAsync($"INSERT INTO {SaltTable} VALUES (?)", [_salt], cancellationToken);
        if (Columns.Any(column => column.Redaction == RedactionMethod.Hmac))
            await AddPadsAsync(session, HmacPads.Of(_salt), cancellationToken);
    }

    private static async Task AddPadsAsync(IWarehouseSession session, HmacPads pads, CancellationToken cancellationToken)
    {
        foreach (var (column, pad) in new[] { (InnerPad, pads.Inner), (OuterPad, pads.Outer) })
        {
            await session.ExecuteAsync($"ALTER TABLE {SaltTable} ADD COLUMN {column} BLOB", cancellationToken);
            await session.ExecuteAsync($"UPDATE {SaltTable} SET {column} = ?", [pad], cancellationToken);
        }
    }

    private static ColumnRedaction Redact(Consumer consumer, CatalogColumn column, TableShape stored, SqlDialect dialect, bool isSalted)
    {
        var raw = stored.Columns.ContainsKey(column.Name) ? $"m.{column.Name}" : $"CAST(NULL AS {dialect.TypeName(column.Type)})";
        return new ColumnRedaction(dialect, consumer.Redaction.For(column), column.PersonalData, raw)
        {
            Secret = isSalted ? new RedactionSecret($"{SaltTable}.SALT", $"{SaltTable}.{InnerPad}", $"{SaltTable}.{OuterPad}") : null,
            Hashing = consumer.Redaction.Hashing,
            Region = PhoneFunction.Region(stored.Columns.ContainsKey(Country) ? $"m.{Country}" : null, consumer.Redaction.DefaultRegion),
        };
    }

    private static DeliveryColumn Describe(Consumer consumer, CatalogColumn column, ColumnRedaction redaction)
    {
        var dialect = redaction.Dialect;
        var method = redaction.Method;
        var value = redaction.Redacted;
        var isText = column.Type.DataType == DataType.Varchar;
        if (isText && consumer is { Format: FileFormat.Csv, NeutralizeFormulas: true }
            && method is RedactionMethod.Keep or RedactionMethod.Generalize && column.Accepted.Count == 0)
            value = SqlText.WithoutFormula(value);
        if (column.Type.DataType == DataType.Timestamp && consumer.Format == FileFormat.Parquet)
            value = dialect.UtcTimestamp(value);
        return new DeliveryColumn(
            column.Name, column.Type.ToString(), method, column.Description, value,
            method is RedactionMethod.Sha256 or RedactionMethod.Hmac ? redaction.Identity : value);
    }

    private static string? ReadSalt(Consumer consumer)
    {
        var variable = consumer.Redaction.SaltVariable;
        if (variable is null)
            return null;
        return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } salt
            ? salt
            : throw LoyaltyErrors.SaltMissing.Because(
                $"The environment variable {variable}, which holds the salt for {consumer.Name}, is not set.", variable);
    }

    private static string Hash(IEnumerable<string> parts) => TextHash.Sha256(string.Join('\n', parts));
}
