using LoyaltyPipeline.SnowflakeSupport.Errors;

namespace LoyaltyPipeline.SnowflakeSupport.Translation;

/// <summary>Completes the names of tables, so that DuckDB finds what Snowflake would.</summary>
internal sealed class NameRewriter
{
    private static readonly string[] ArgumentsWithFrom = ["EXTRACT", "TRIM", "SUBSTRING", "SUBSTR", "OVERLAY", "POSITION"];
    private static readonly string[] ClauseEnds =
        ["WHERE", "GROUP", "HAVING", "QUALIFY", "ORDER", "LIMIT", "OFFSET", "FETCH", "UNION", "EXCEPT", "MINUS", "INTERSECT", "SELECT",
            "SET", "WHEN", "VALUES"];

    private readonly IReadOnlyList<Token> _tokens;
    private readonly INameScope _names;
    private readonly List<Token> _output = [];
    private readonly List<ObjectName> _references = [];
    private readonly Stack<Scope> _scopes = new([new Scope()]);
    private int _at;
    private bool _usingIsFrom;

    private NameRewriter(IReadOnlyList<Token> tokens, INameScope names)
    {
        _tokens = tokens;
        _names = names;
    }

    private Scope Current => _scopes.Peek();

    /// <summary>Completes the names of a query.</summary>
    /// <param name="tokens">The query, or the part of a statement from a table on.</param>
    /// <param name="names">What they mean.</param>
    /// <param name="usingIsFrom">Whether USING is followed by a table, as in DELETE and MERGE.</param>
    /// <returns>The query, and the tables that it names.</returns>
    public static (List<Token> Tokens, List<ObjectName> Tables) Rewrite(
        IReadOnlyList<Token> tokens, INameScope names, bool usingIsFrom = false)
    {
        var rewriter = new NameRewriter(tokens, names) { _usingIsFrom = usingIsFrom };
        while (rewriter._at < tokens.Count)
            rewriter.Step();
        return (rewriter._output, rewriter._references);
    }

    private Token? Peek(int ahead = 0) => _at + ahead >= 0 && _at + ahead < _tokens.Count ? _tokens[_at + ahead] : null;

    private void Copy() => _output.Add(_tokens[_at++]);

    private void Step()
    {
        var token = _tokens[_at];
        if (token.IsSymbol("("))
            Open();
        else if (token.IsSymbol(")"))
            Close();
        else if (token.IsSymbol(",") && Current.IsInFrom)
            Follow();
        else if (token.Is("WITH"))
            BeginWith();
        else if ((token.Is("FROM") && IsClause()) || token.Is("JOIN") || (token.Is("USING") && IsUsingOfStatement()))
            Follow();
        else if (token.Is(ClauseEnds))
            EndFrom();
        else if (token.IsName && Peek(1)?.IsSymbol(".") == true && Peek(-1)?.IsSymbol(".") != true)
            CompleteColumn();
        else
            Copy();
    }

    private bool IsClause() =>
        Peek(-1)?.Is("DISTINCT") != true
            && !(Current.Function is { } function && ArgumentsWithFrom.Contains(function, StringComparer.Ordinal));

    /// <summary>USING of a DELETE or a MERGE; that of a join is followed by its columns.</summary>
    private bool IsUsingOfStatement() =>
        _usingIsFrom && _scopes.Count == 1 && (Peek(1)?.IsSymbol("(") != true || Peek(2)?.Is("SELECT", "WITH", "VALUES") == true);

    private void EndFrom()
    {
        Current.IsInFrom = false;
        Copy();
    }

    private void Follow()
    {
        Copy();
        BeginFrom();
    }

    private void BeginFrom()
    {
        Current.IsInFrom = true;
        if (Peek()?.Is("LATERAL") == true)
            Copy();
        var token = Peek() ?? throw SnowflakeError.UnexpectedEnd();
        if (token.IsSymbol("("))
        {
            Open();
            if (Peek()?.Is("SELECT", "WITH", "VALUES") != true)
                BeginFrom();
        }
        else if (token.Kind is TokenKind.Text)
        {
            throw SnowflakeError.Unexpected(token);
        }
        else if (token.Is("VALUES"))
        {
            Values();
        }
        else if (token.IsName && !(token.Is("TABLE", "FLATTEN") && Peek(1)?.IsSymbol("(") == true))
        {
            CompleteTable();
        }
    }

    /// <summary>Values in FROM: their columns are called COLUMN1 and so on.</summary>
    private void Values()
    {
        var width = ColumnCount(_at + 1);
        var names = string.Join(", ", Enumerable.Range(1, width).Select(i => $"COLUMN{i}"));
        _output.Add(Token.Raw("(SELECT * FROM (VALUES"));
        _at++;
        while (true)
        {
            var end = Parentheses.End(_tokens, _at);
            while (_at <= end)
                Step();
            if (Peek()?.IsSymbol(",") != true || Peek(1)?.IsSymbol("(") != true)
                break;
            Copy();
        }

        _output.Add(Token.Raw($") AS V ({names}))"));
    }

    private int ColumnCount(int open)
    {
        var end = Parentheses.End(_tokens, open);
        var count = 1;
        for (var at = Parentheses.Find(_tokens, open + 1, token => token.IsSymbol(",")); at < end; at = Parentheses.Find(
            _tokens, at + 1, token => token.IsSymbol(",")))
            count++;
        return count;
    }

    private void CompleteTable()
    {
        var parts = ReadName();
        // Snowflake calls functions in FROM only through TABLE( … ).
        if (Peek()?.IsSymbol("(") == true)
            throw SnowflakeError.Unexpected(Peek()!);
        if (parts.Count == 1 && Current.CommonTables.Contains(parts[0]))
        {
            _output.Add(new Token(TokenKind.QuotedName, parts[0]));
            return;
        }

        var name = _names.Resolve(parts);
        _references.Add(name);
        Append(name);
    }

    private void Append(ObjectName name)
    {
        _output.Add(new Token(TokenKind.QuotedName, _names.DuckDbSchemaOf(name)));
        _output.Add(new Token(TokenKind.Symbol, "."));
        _output.Add(new Token(TokenKind.QuotedName, name.Name));
    }

    private List<string> ReadName()
    {
        var parts = new List<string> { _tokens[_at++].Value };
        while (Peek()?.IsSymbol(".") == true && Peek(1)?.IsName == true)
        {
            parts.Add(_tokens[_at + 1].Value);
            _at += 2;
        }

        return parts;
    }

    /// <summary>A column that is named with its table's schema: the schema is called otherwise in DuckDB.</summary>
    private void CompleteColumn()
    {
        var start = _at;
        var parts = ReadName();
        var isAll = Peek()?.IsSymbol(".") == true && Peek(1)?.IsSymbol("*") == true;
        var tableParts = isAll ? parts : parts[..^1];
        if (tableParts.Count > 1 && Peek()?.IsSymbol("(") != true)
        {
            Append(_names.Resolve(tableParts));
            if (!isAll)
                _output.AddRange([new Token(TokenKind.Symbol, "."), new Token(TokenKind.QuotedName, parts[^1])]);
            return;
        }

        while (start < _at)
            _output.Add(_tokens[start++]);
    }

    private void BeginWith()
    {
        Copy();
        var isRecursive = Peek()?.Is("RECURSIVE") == true;
        if (isRecursive)
            Copy();
        if (Peek()?.IsName != true || Peek(1) is not { } next || !(next.Is("AS") || next.IsSymbol("(")))
            return;
        if (isRecursive)
            Current.CommonTables.Add(_tokens[_at].Value);
        BeginCommonTable();
    }

    private void BeginCommonTable()
    {
        Current.Pending = _tokens[_at].Value;
        Copy();
        if (Peek()?.IsSymbol("(") != true)
            return;
        // The names of its columns.
        while (Peek() is { } column && !column.IsSymbol(")"))
            Copy();
        Copy();
    }

    private void Open()
    {
        var before = Peek(-1);
        var defines = before?.Is("AS") == true ? Current.Pending : null;
        if (defines is not null)
            Current.Pending = null;
        var inner = Current.Within(before is { Kind: TokenKind.Word } ? before.Value : null, defines);
        Copy();
        _scopes.Push(inner);
    }

    private void Close()
    {
        if (_scopes.Count == 1)
            throw SnowflakeError.Unexpected(_tokens[_at]);
        var closed = _scopes.Pop();
        Copy();
        if (closed.Defines is null)
            return;
        Current.CommonTables.Add(closed.Defines);
        if (Peek()?.IsSymbol(",") != true || Peek(1)?.IsName != true)
            return;
        Copy();
        BeginCommonTable();
    }
}
