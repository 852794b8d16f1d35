using System.Text;
using LoyaltyPipeline.SnowflakeSupport.Errors;

namespace LoyaltyPipeline.SnowflakeSupport.Translation;

/// <summary>Cuts a text into tokens as Snowflake does: words fold to upper case, backslashes escape, <c>//</c> begins a comment.</summary>
internal sealed class Tokenizer
{
    private static readonly string[] Symbols =
        ["->>", "::", "||", "<>", "!=", ">=", "<=", "=>", "->", ":=", "==", "**", "&&", "@>", "<@", "!~", "~~", "^@"];

    private readonly string _sql;
    private int _at;
    private int _line = 1;
    private int _lineStart;
    private int _parameters;

    private Tokenizer(string sql) => _sql = sql;

    /// <summary>Cuts a text into tokens.</summary>
    /// <returns>Its tokens, without comments.</returns>
    /// <exception cref="SnowflakeError">A quote or a comment is not closed.</exception>
    public static List<Token> Tokenize(string sql)
    {
        var tokenizer = new Tokenizer(sql);
        var tokens = new List<Token>();
        while (tokenizer.Next() is { } token)
            tokens.Add(token);
        return tokens;
    }

    private char Peek(int ahead = 0) => _at + ahead < _sql.Length ? _sql[_at + ahead] : '\0';

    private Token? Next()
    {
        SkipBlanks();
        if (_at >= _sql.Length)
            return null;
        var line = _line;
        var column = _at - _lineStart;
        var (kind, value) = Read();
        return new Token(kind, value, line, column);
    }

    private (TokenKind Kind, string Value) Read()
    {
        var c = Peek();
        if (c == '\'')
            return (TokenKind.Text, ReadText());
        if (c == '"')
            return (TokenKind.QuotedName, ReadQuotedName());
        if (c == '$' && Peek(1) == '$')
            return (TokenKind.Text, ReadDollarText());
        if (c == '$' && (char.IsAsciiLetterOrDigit(Peek(1)) || Peek(1) == '_'))
            return (TokenKind.Variable, ReadWhile(1, IsWordPart));
        if (c == '@' && (char.IsAsciiLetterOrDigit(Peek(1)) || Peek(1) is '~' or '%' or '"' or '_'))
            return (
                TokenKind.StageLocation, "@" + ReadWhile(1, part => !char.IsWhiteSpace(part) && part is not (',' or ')' or ';' or '(')));
        if (string.CompareOrdinal(_sql, _at, "file://", 0, 7) == 0)
            return (TokenKind.Text, ReadWhile(0, part => !char.IsWhiteSpace(part) && part != ';'));
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
            return (TokenKind.Number, ReadNumber());
        if (char.IsLetter(c) || c == '_')
            return (TokenKind.Word, ReadWhile(0, IsWordPart).ToUpperInvariant());
        if (c == '?')
        {
            _at++;
            return (TokenKind.Parameter, $"{_parameters++}");
        }

        var symbol = Array.Find(Symbols, known => string.CompareOrdinal(_sql, _at, known, 0, known.Length) == 0) ?? c.ToString();
        _at += symbol.Length;
        return (TokenKind.Symbol, symbol);
    }

    private static bool IsWordPart(char part) => char.IsLetterOrDigit(part) || part is '_' or '$';

    private string ReadWhile(int skip, Func<char, bool> belongs)
    {
        _at += skip;
        var start = _at;
        while (_at < _sql.Length && belongs(_sql[_at]))
            _at++;
        return _sql[start.._at];
    }

    private string ReadNumber()
    {
        var start = _at;
        while (char.IsAsciiDigit(Peek()) || Peek() == '.')
            _at++;
        if (Peek() is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            _at += 2;
            while (char.IsAsciiDigit(Peek()))
                _at++;
        }

        return _sql[start.._at];
    }

    private string ReadText()
    {
        var text = new StringBuilder();
        for (_at++; _at < _sql.Length; _at++)
        {
            if (_sql[_at] == '\n')
                NewLine();
            if (_sql[_at] == '\'' && Peek(1) != '\'')
            {
                _at++;
                return text.ToString();
            }

            if (_sql[_at] == '\'')
                _at++;
            if (_sql[_at] == '\\' && _at + 1 < _sql.Length)
                text.Append(Unescape(_sql[++_at]));
            else
                text.Append(_sql[_at]);
        }

        throw SnowflakeError.Syntax("parse error line " + _line + " at position " + (_at - _lineStart) + " near '<EOF>'.");
    }

    private static char Unescape(char escaped) => escaped switch
    {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\b',
        'f' => '\f',
        '0' => '\0',
        _ => escaped,
    };

    private string ReadQuotedName()
    {
        var name = new StringBuilder();
        for (_at++; _at < _sql.Length; _at++)
        {
            if (_sql[_at] == '"' && Peek(1) != '"')
            {
                _at++;
                return name.ToString();
            }

            if (_sql[_at] == '"')
                _at++;
            name.Append(_sql[_at]);
        }

        throw SnowflakeError.Syntax("parse error line " + _line + " at position " + (_at - _lineStart) + " near '<EOF>'.");
    }

    private string ReadDollarText()
    {
        var end = _sql.IndexOf("$$", _at + 2, StringComparison.Ordinal);
        if (end < 0)
            throw SnowflakeError.Syntax("parse error line " + _line + " at position " + (_at - _lineStart) + " near '<EOF>'.");
        var text = _sql[(_at + 2)..end];
        while (_at < end + 2)
        {
            if (_sql[_at] == '\n')
                NewLine();
            _at++;
        }

        return text;
    }

    private void SkipBlanks()
    {
        while (_at < _sql.Length)
        {
            if (_sql[_at] == '\n')
                NewLine();
            if (char.IsWhiteSpace(_sql[_at]))
                _at++;
            else if ((Peek() == '-' && Peek(1) == '-') || (Peek() == '/' && Peek(1) == '/'))
                _at = _sql.IndexOf('\n', _at) is var end and >= 0 ? end : _sql.Length;
            else if (Peek() == '/' && Peek(1) == '*')
                SkipBlockComment();
            else
                return;
        }
    }

    private void SkipBlockComment()
    {
        var end = _sql.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        for (end = end < 0 ? _sql.Length : end + 2; _at < end; _at++)
        {
            if (_sql[_at] == '\n')
                NewLine();
        }
    }

    private void NewLine()
    {
        _line++;
        _lineStart = _at + 1;
    }
}
