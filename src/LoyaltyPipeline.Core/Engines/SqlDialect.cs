using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Engines;

/// <summary>What an engine can do and how it writes things: features ask for a capability, never for an engine.</summary>
public abstract class SqlDialect
{
    /// <summary>Name of the engine.</summary>
    public abstract string Engine { get; }

    /// <summary>How the engine writes a timestamp without zone.</summary>
    public abstract string TimestampType { get; }

    /// <summary>
    /// Whether a window without ORDER BY sees the rows one after another as they are stored. Where it does, a table stored in the order
    /// of its key is proven free of duplicates by one cheap pass instead of a grouping of all its rows.
    /// </summary>
    public abstract bool HasStoredOrder { get; }

    /// <summary>
    /// Whether statements read files of this machine. Where they do not, files are read by an engine that does, and their rows are loaded.
    /// </summary>
    public abstract bool ReadsFiles { get; }

    /// <summary>
    /// Whether the information schema lists the tables of all databases within reach; else each database has one of its own.
    /// </summary>
    public abstract bool ListsAllDatabases { get; }

    /// <summary>
    /// How long a run may hold the lock without a sign of life; null where a holder in another process is known to be dead, because the
    /// engine lets only one process in.
    /// </summary>
    public virtual TimeSpan? LockLease => null;

    /// <summary>How the engine writes files by itself; null where it has no stages.</summary>
    public virtual StageDialect? Stages => null;

    /// <summary>Whether statements can call functions of this process; see <see cref="IWarehouseSession.Define"/>.</summary>
    public virtual bool CallsFunctions => false;

    /// <summary>Whether columns of tables are masked for readers by policies; elsewhere there are masked views.</summary>
    public bool MasksColumns => MaskingPolicy(PersonalData.Email) is not null;

    /// <summary>
    /// The query that has a text, given as a value, understood by the engine as one statement, without running it; null where the parser of
    /// this machine is the engine's own.
    /// </summary>
    public virtual string? DescribeText => null;

    /// <summary>
    /// How a query names its parameters, by their number, so that one can stand in several places; null where each place is a question
    /// mark with a value of its own.
    /// </summary>
    public virtual string? ParameterPrefix => null;

    /// <summary>
    /// The statement after which tables of the schema LOYALTY are found by their names alone; null where the connection says which schema
    /// is meant.
    /// </summary>
    public virtual string? EnterSchema => null;

    /// <summary>
    /// The statement that begins a transaction which reads one state of the warehouse and writes nothing, as far as the engine can promise
    /// that.
    /// </summary>
    public abstract string BeginRead { get; }

    /// <summary>The statement that takes the bound of the engine's memory away again; null where it has none.</summary>
    public virtual string? UnboundMemory => null;

    /// <summary>The statement after which each session works on one core; null where the engine's cores are not this machine's.</summary>
    public virtual string? OneThreadEach => null;

    /// <summary>The statement after which a session uses all cores again.</summary>
    public virtual string? AllThreads => null;

    /// <summary>The SHA-256 of a text.</summary>
    /// <param name="text">SQL of the text.</param>
    /// <returns>SQL of the hash, hexadecimal in lower case.</returns>
    public abstract string Sha256(string text);

    /// <summary>Whether the engine makes HMAC-SHA256.</summary>
    public bool HasHmac => HmacSha256(string.Empty, string.Empty, string.Empty) is not null;

    /// <summary>The HMAC-SHA256 of a text.</summary>
    /// <param name="inner">SQL of the inner pad, as bytes: never its text, which stands for the secret.</param>
    /// <param name="outer">SQL of the outer pad, as bytes.</param>
    /// <param name="text">SQL of the text.</param>
    /// <returns>SQL of the code, hexadecimal in lower case; null where the engine hashes no bytes.</returns>
    public virtual string? HmacSha256(string inner, string outer, string text) => null;

    /// <summary>The policy that masks columns of a class of personal data for readers.</summary>
    /// <returns>Its name; null in an engine that masks no columns.</returns>
    public virtual string? MaskingPolicy(PersonalData kind) => null;

    /// <summary>A hash of values: equal for equal values, and for others about once in 2^63 times.</summary>
    /// <param name="values">SQL of the values, separated by commas.</param>
    /// <returns>SQL of the hash, a signed integer of 64 bits. Each engine has its own.</returns>
    public abstract string Hash(string values);

    /// <summary>A timestamp without zone, which is UTC, as one with a zone.</summary>
    /// <param name="timestamp">SQL of the timestamp.</param>
    /// <returns>SQL of a TIMESTAMP WITH TIME ZONE.</returns>
    public abstract string UtcTimestamp(string timestamp);

    /// <summary>Creates a view, or replaces it and keeps who may read it.</summary>
    public abstract string CreateView(TableName name, string query);

    /// <summary>
    /// Finds out whether a query can be planned: every engine can be asked that of a query, not each of every other statement.
    /// </summary>
    /// <returns>The statement; it is refused where the query cannot be planned.</returns>
    public abstract string Explain(string query);

    /// <summary>Brings a file of tables within reach.</summary>
    /// <param name="file">The full path of the file.</param>
    /// <param name="name">The name of a database that it gets.</param>
    /// <returns>The statement; null where the engine reads no such files.</returns>
    public virtual string? Attach(string file, string name) => null;

    /// <summary>Lets such a file go.</summary>
    /// <param name="name">The name that it got.</param>
    /// <returns>The statement; null where the engine reads no such files.</returns>
    public virtual string? Detach(string name) => null;

    /// <summary>Bounds the engine's memory.</summary>
    /// <returns>The statement; null where the engine's memory is not this machine's.</returns>
    public virtual string? BoundMemory(int megabytes) => null;

    /// <summary>Whether every value of a stored type is one of the declared type.</summary>
    /// <param name="declared">The declared type.</param>
    /// <param name="stored">The stored type, as the engine names it.</param>
    /// <returns>True for the type itself and for narrower integers.</returns>
    public bool Holds(ColumnType declared, string stored) =>
        IsStoredAs(declared, stored) || IsNarrower(declared.DataType, stored.ToUpperInvariant());

    /// <summary>Whether a column of a declared type is stored as a type.</summary>
    /// <param name="declared">The declared type.</param>
    /// <param name="stored">The stored type, as the engine names it; null where there is no such column.</param>
    /// <returns>True for the type itself.</returns>
    public bool IsStoredAs(ColumnType declared, string? stored) =>
        string.Equals(stored, StoredTypeName(declared), StringComparison.OrdinalIgnoreCase);

    /// <summary>The type as this engine's DDL writes it.</summary>
    /// <param name="type">The declared type.</param>
    /// <returns>The SQL text.</returns>
    public string TypeName(ColumnType type) => type.DataType == DataType.Timestamp ? TimestampType : type.ToString();

    /// <summary>The type as this engine's information schema calls it.</summary>
    /// <param name="type">The declared type.</param>
    /// <returns>The name, with precision and scale where the type has them.</returns>
    public virtual string StoredTypeName(ColumnType type) => TypeName(type);

    /// <summary>Whether every value of a stored type, which is not the declared one, is one of it all the same.</summary>
    /// <param name="declared">The declared type.</param>
    /// <param name="stored">The stored type, in upper case.</param>
    protected abstract bool IsNarrower(DataType declared, string stored);
}
