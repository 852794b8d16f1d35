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

    private readonly Consumer _consumer;
    private readonly string? _salt;
    private readonly string _row;
    private readonly SqlDialect _dialect;

    private DeliveryForm(Consumer consumer, IReadOnlyList<DeliveryColumn> columns, SqlDialect dialect, string? salt)
    {
        _consumer = consumer;
        _dialect = dialect;
        _salt = salt;
        Columns = columns;
        string[] row = [.. columns.Select(column => $"{column.Name}:{column.Type}:{column.Redaction}"), salt ?? string.Empty];
        _row = Hash(row);
        Sha256 = Hash(
            [.. row, consumer.Format.ToString(), consumer.Compression.ToString(), consumer.NullToken,
                consumer.NeutralizeFormulas.ToString()]);
    }

    /// <summary>The columns, in the order of the files.</summary>
    public IReadOnlyList<DeliveryColumn> Columns { get; }

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
    };

    /// <summary>Makes the form of a consumer.</summary>
    /// <param name="master">Master, which has the columns.</param>
    /// <param name="stored">The table that is read, which may lack columns yet.</param>
    /// <exception cref="LoyaltyException"><c>ColumnUnknown</c>, <c>DeliveryInvalid</c>, <c>SaltMissing</c>.</exception>
    public static DeliveryForm Create(Consumer consumer, CatalogTable master, TableShape stored, SqlDialect dialect)
    {
        var chosen = ColumnPattern.ChooseInOrder(master, consumer.Columns)
            .Where(column => consumer.Redaction.For(column) != RedactionMethod.Drop).ToList();
        if (chosen.TrueForAll(column => column.Name != UserId))
            throw LoyaltyErrors.DeliveryInvalid.Because(
                $"The columns of {consumer.Name} lack {UserId}, by which a consumer tells users apart.", consumer.Name);
        var salt = chosen.Exists(column => consumer.Redaction.For(column) == RedactionMethod.Sha256) ? ReadSalt(consumer) : null;
        return new DeliveryForm(
            consumer, [.. chosen.Select(column => Describe(consumer, column, stored, dialect, salt is not null))], dialect, salt);
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

    /// <summary>Makes the salt known to a session. It never stands in a statement.</summary>
    public async Task PrepareAsync(IWarehouseSession session, CancellationToken cancellationToken)
    {
        if (_salt is null)
            return;
        await session.ExecuteAsync($"CREATE OR REPLACE TEMPORARY TABLE {SaltTable} (SALT VARCHAR)", cancellationToken);
        await session.ExecuteAsync($"INSERT INTO {SaltTable} VALUES (?)", [_salt], cancellationToken);
    }

    private static DeliveryColumn Describe(Consumer consumer, CatalogColumn column, TableShape stored, SqlDialect dialect, bool isSalted)
    {
        var method = consumer.Redaction.For(column);
        var raw = stored.Columns.ContainsKey(column.Name) ? $"m.{column.Name}" : $"CAST(NULL AS {dialect.TypeName(column.Type)})";
        var value = RedactionSql.Redact(dialect, method, column.PersonalData, raw, isSalted ? $"{SaltTable}.SALT" : null);
        var isText = column.Type.DataType == DataType.Varchar;
        if (isText && consumer is { Format: FileFormat.Csv, NeutralizeFormulas: true }
            && method is RedactionMethod.Keep or RedactionMethod.Generalize && column.Accepted.Count == 0)
            value = SqlText.WithoutFormula(value);
        if (column.Type.DataType == DataType.Timestamp && consumer.Format == FileFormat.Parquet)
            value = dialect.UtcTimestamp(value);
        return new DeliveryColumn(
            column.Name, column.Type.ToString(), method, column.Description, value,
            method == RedactionMethod.Sha256 ? RedactionSql.Normalized(raw) : value);
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
